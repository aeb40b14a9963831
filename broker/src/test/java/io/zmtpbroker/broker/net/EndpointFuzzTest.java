package io.zmtpbroker.broker.net;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Endpoints as people type them: either there is a message for them, or it is read as it is written. */
class EndpointFuzzTest {

    static Stream<byte[]> seeds() {
        return Stream.of(
                        "tcp://*:4161",
                        "tcp://127.0.0.1:0?service=echo&dialect=rep&credit=9",
                        "tcp://[fe80::1%eth0]:5555?connect",
                        "tcp://[::1]:*?legacy=off&duplicate=refuse",
                        "ipc:///run/x.sock?mode=0660&legacy=2.0",
                        "ipc://@name?dialect=majordomo",
                        "ipc://*",
                        "inproc://x")
                .map(text -> text.getBytes(UTF_8));
    }

    @MethodSource("seeds")
    @FuzzTest
    void parse(byte[] octets) {
        String text = new String(octets, UTF_8);
        Endpoint endpoint;
        try {
            endpoint = Endpoint.parse(text);
        } catch (IllegalArgumentException e) {
            assertThat(e.getMessage()).isNotBlank();
            return;
        }
        assertThat(Endpoint.parse(endpoint.toString())).isEqualTo(endpoint);
        assertThat(endpoint.options().legacy()).isNotNull();
        for (EndpointRole role : EndpointRole.values()) {
            try {
                endpoint.checkFit(role);
            } catch (IllegalArgumentException e) {
                assertThat(e).hasMessageContaining(role.label());
            }
        }
    }
}
