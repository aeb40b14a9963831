package io.zmtpbroker.broker.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EndpointTest {

    @ParameterizedTest
    @CsvSource({
        "tcp://127.0.0.1:5555, 127.0.0.1, 5555",
        "tcp://*:5555, *, 5555",
        "tcp://*:*, *, 0",
        "tcp://127.0.0.1:0, 127.0.0.1, 0",
        "tcp://[::1]:65535, ::1, 65535",
        "tcp://localhost:1, localhost, 1",
    })
    void readsHostAndPort(String text, String host, int port) {
        assertThat(Endpoint.parse(text)).isEqualTo(new Endpoint(new TcpAddress(host, port), EndpointOptions.DEFAULT));
    }

    @ParameterizedTest
    @CsvSource({
        "5555, must begin with tcp://",
        "inproc://x, does not leave its process",
        "tcp://localhost, port is missing",
        "tcp://[::1], port is missing",
        "tcp://:5555, host is missing",
        "tcp://::1:5555, brackets",
        "tcp://localhost:, number from 0 to 65535",
        "tcp://localhost:5555x, number from 0 to 65535",
        "tcp://localhost:70000, number from 0 to 65535",
        "tcp://localhost:123456, number from 0 to 65535",
        "tcp://localhost:-1, number from 0 to 65535",
    })
    void refusesWhatIsNoEndpoint(String text, String why) {
        assertThatThrownBy(() -> Endpoint.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(text)
                .hasMessageContaining(why);
    }

    @ParameterizedTest
    @CsvSource({"tcp://127.0.0.1:5555", "tcp://[::1]:5555"})
    void printsWhatItReads(String text) {
        assertThat(Endpoint.parse(text)).hasToString(text);
    }
}
