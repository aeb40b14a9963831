package io.zmtpbroker.benchmarks.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBufAllocator;
import io.zmtpbroker.benchmarks.fixture.DecodingInput;
import io.zmtpbroker.benchmarks.fixture.JeroMqDecoding;
import io.zmtpbroker.benchmarks.fixture.JeroMqEncoding;
import io.zmtpbroker.benchmarks.fixture.OurDecoding;
import io.zmtpbroker.benchmarks.fixture.OurEncoding;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is compared with JeroMQ's coders does the same work. */
class SameOctetsTest {

    @ParameterizedTest
    @CsvSource({
        "64, 65536",
        "64, 8192",
        "64, 100",
        "1024, 8192",
        "1024, 100",
        "65536, 65536",
        "65536, 8192",
        "65536, 100"
    })
    void bothDecodersFindAllMessages(int bodyLength, int readLength) {
        DecodingInput input = new DecodingInput(ByteBufAllocator.DEFAULT, 10, bodyLength);

        long ours = new OurDecoding(ByteBufAllocator.DEFAULT, true).decode(input, readLength);
        long jeroMq = new JeroMqDecoding().decode(input, readLength);

        assertThat(ours).isEqualTo(10);
        assertThat(jeroMq).isEqualTo(10);
        input.release();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 64, 1024, 4096, 65536})
    void bothEncodersMakeAsManyOctets(int bodyLength) {
        OurEncoding ours = new OurEncoding(ByteBufAllocator.DEFAULT, 64, bodyLength);
        JeroMqEncoding jeroMq = new JeroMqEncoding(bodyLength);
        jeroMq.encode(64); // its buffers have been used before, as in a benchmark

        assertThat(jeroMq.encode(64)).isEqualTo(ours.encode(64));
        ours.release();
    }
}
