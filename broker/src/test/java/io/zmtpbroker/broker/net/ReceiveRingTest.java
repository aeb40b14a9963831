package io.zmtpbroker.broker.net;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReceiveRingTest {

    /** In KiB: the room, and the buffers. At 512 MiB a hundred and twenty-eight peers may bring 4 MiB each. */
    @ParameterizedTest
    @CsvSource({
        "9000000000, 32",
        "524288, 32",
        "524287, 16",
        "262144, 16",
        "262143, 8",
        "131071, 4",
        "32768, 4",
        "1024, 4",
        "0, 4",
    })
    void buffersAreAsLargeAsTheRoomForStoppedPeersAllows(long room, int buffer) {
        assertThat(ReceiveRing.forRoom(room << 10).bufferOctets()).isEqualTo(buffer << 10);
    }
}
