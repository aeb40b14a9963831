package io.zmtpbroker.broker.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointTest {

    @ParameterizedTest
    @CsvSource({
        "tcp://127.0.0.1:5555, 127.0.0.1, 5555",
        "tcp://*:5555, *, 5555",
        "tcp://*:*, *, 0",
        "tcp://127.0.0.1:0, 127.0.0.1, 0",
        "tcp://[::1]:65535, ::1, 65535",
        "tcp://[::]:*, ::, 0",
        "tcp://[fe80::1%eth0]:1, fe80::1%eth0, 1",
        "tcp://localhost:1, localhost, 1",
        "tcp://eth0.7:5555, eth0.7, 5555",
        "tcp://my-host_1.example.org:5555, my-host_1.example.org, 5555",
    })
    void readsHostAndPort(String text, String host, int port) {
        assertThat(Endpoint.parse(text)).isEqualTo(new Endpoint(new TcpAddress(host, port), EndpointOptions.DEFAULT));
    }

    @ParameterizedTest
    @CsvSource({"ipc:///run/x.sock, /run/x.sock", "ipc://x, x", "ipc://@name, @name", "ipc://*, *", "ipc://a:1, a:1"})
    void readsUnixSockets(String text, String name) {
        assertThat(Endpoint.parse(text)).isEqualTo(new Endpoint(new IpcAddress(name), EndpointOptions.DEFAULT));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "5555 | must begin with tcp:// or ipc://",
                "\"\" | must begin with tcp:// or ipc://",
                "udp://127.0.0.1:5555 | must begin with tcp:// or ipc://",
                "TCP://127.0.0.1:5555 | must begin with tcp:// or ipc://",
                "inproc://x | does not leave its process",
                "tcp://localhost | port is missing",
                "tcp://[::1] | port is missing",
                "tcp://:5555 | host is missing",
                "tcp://::1:5555 | brackets",
                "tcp://[::1:5555 | brackets",
                "tcp://[localhost]:5555 | 'localhost' is not an IPv6 address",
                "tcp://[]:5555 | ' is not an IPv6 address",
                "tcp://127.0.0.1:1;127.0.0.1:5555 | brackets",
                "tcp://a;b:5555 | neither a name nor an address",
                "tcp://a b:5555 | neither a name nor an address",
                "tcp://user@host:5555 | neither a name nor an address",
                "tcp://localhost: | number from 0 to 65535",
                "tcp://localhost:5555x | number from 0 to 65535",
                "tcp://localhost:5555/ | number from 0 to 65535",
                "tcp://localhost:65536 | number from 0 to 65535",
                "tcp://localhost:70000 | number from 0 to 65535",
                "tcp://localhost:123456 | number from 0 to 65535",
                "tcp://localhost:-1 | number from 0 to 65535",
                "ipc:// | path is missing",
                "ipc://@ | path is missing",
            })
    void refusesWhatIsNoEndpoint(String text, String why) {
        assertThatThrownBy(() -> Endpoint.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("'" + text + "' is not an endpoint: ")
                .hasMessageContaining(why)
                .hasMessageNotContaining("\n");
    }

    @Test
    void allowsAUnixSocketsNameAsManyOctetsAsTheSystemDoes() {
        String longest = "x".repeat(105) + "é";

        assertThat(Endpoint.parse("ipc://" + longest).address()).isEqualTo(new IpcAddress(longest));
        assertThatThrownBy(() -> Endpoint.parse("ipc://" + longest + "y"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the path has 108 octets, and a Unix socket's may have 107");
    }

    @Test
    void hasAPortOnlyAsATcpEndpoint() {
        assertThat(Endpoint.parse("tcp://*:7").port()).isEqualTo(7);
        assertThatThrownBy(() -> Endpoint.parse("ipc://x").port()).isInstanceOf(IllegalStateException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tcp://127.0.0.1:5555",
                "tcp://[::1]:5555",
                "tcp://*:5555?service=echo&dialect=rep",
                "tcp://h:1?connect",
                "ipc:///run/x?mode=0600",
                "ipc://@x?duplicate=refuse",
            })
    void printsWhatItReads(String text) {
        assertThat(Endpoint.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tcp://*:1?mode=0600",
                "ipc://@x?mode=0600",
                "ipc://*?mode=0600",
                "ipc://x?mode=0600&connect",
                "tcp://*:1?connect",
                "tcp://h:0?connect",
                "ipc://*?connect",
            })
    void refusesOptionsThatMeanNothingForTheAddress(String text) {
        assertThatThrownBy(() -> Endpoint.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(text);
    }
}
