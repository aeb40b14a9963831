package io.zmtpbroker.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.zmtpbroker.broker.net.Endpoint;
import io.zmtpbroker.broker.net.ListenException;
import io.zmtpbroker.broker.net.Transport;
import io.zmtpbroker.zmtp.testing.LeakCheck;
import io.zmtpbroker.zmtp.testing.RawPeer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** TCP endpoints, on real sockets. */
@ExtendWith(LeakCheck.class)
class ListeningTest {

    private static final String ANY = "tcp://127.0.0.1:*";

    @ParameterizedTest
    @EnumSource
    void takesAFreePortOnEachTransportAndSaysWhich(Transport transport) {
        assumeTrue(transport.unavailable() == null);
        try (TestBroker broker = TestBroker.start(config -> config.transport(transport));
                RawPeer client = broker.client("REQ");
                RawPeer worker = broker.worker()) {
            client.sendMessage("", "task");
            worker.sendMessage("", "fetch");

            assertThat(worker.receiveText()).contains("task");
            assertThat(broker.broker().endpoints().get(0))
                    .hasToString("clients listening on tcp://127.0.0.1:" + broker.clientsPort());
        }
    }

    @ParameterizedTest
    @CsvSource({"tcp://[::1]:*, ::1", "tcp://localhost:*, localhost", "tcp://*:*, ::1", "tcp://*:*, 127.0.0.1"})
    void listensOnNamesAndOnAddressesOfBothVersions(String endpoint, String host) throws Exception {
        assumeTrue(hasIpv6());
        try (TestBroker broker = start(endpoint, ANY);
                Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, broker.clientsPort()), 5000);

            assertThat(socket.getInputStream().readNBytes(10)).startsWith(0xff);
        }
    }

    @Test
    void printsAnIpv6AddressShortAndInBrackets() throws Exception {
        assumeTrue(hasIpv6());
        try (TestBroker broker = start("tcp://[::1]:*", ANY)) {
            assertThat(broker.broker().endpoints().get(0))
                    .hasToString("clients listening on tcp://[::1]:" + broker.clientsPort());
        }
    }

    @Test
    void listensOnTheFirstIpv4AddressOfAnInterface() throws Exception {
        NetworkInterface loopback = NetworkInterface.getByInetAddress(InetAddress.getLoopbackAddress());
        try (TestBroker broker = start("tcp://" + loopback.getName() + ":*", ANY);
                RawPeer client = broker.client("REQ")) {
            client.sendMessage("", "task");

            broker.await(held -> held.waiting() == 1);
            assertThat(broker.broker().endpoints().get(0).toString())
                    .startsWith("clients listening on tcp://127.0.0.1:");
        }
    }

    @Test
    void listensOnALinkLocalAddressWithItsZone() throws Exception {
        String address = linkLocalAddresses().findFirst().orElse(null);
        assumeTrue(address != null);
        try (TestBroker broker = start("tcp://[" + address + "]:*", ANY);
                Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, broker.clientsPort()), 5000);

            assertThat(socket.getInputStream().readNBytes(10)).startsWith(0xff);
            assertThat(broker.broker().endpoints().get(0).toString())
                    .contains("tcp://[fe80:")
                    .contains("%");
        }
    }

    @Test
    void servesTheSameAtSeveralEndpointsOfAKind() {
        Endpoint any = Endpoint.parse(ANY);
        try (TestBroker broker =
                TestBroker.start(config -> config.clients(any).workers(any).answers(any))) {
            int[] ports = broker.broker().endpoints().stream()
                    .mapToInt(open -> open.endpoint().port())
                    .toArray();
            try (RawPeer client = RawPeer.connect(ports[1], "REQ");
                    RawPeer worker = RawPeer.connect(ports[3], "REQ");
                    RawPeer answers = RawPeer.connect(ports[5], "PUSH")) {
                client.sendMessage("", "task");
                worker.sendMessage("", "fetch");
                answers.sendMessage(worker.receive().get(1), "answer".getBytes(StandardCharsets.UTF_8));

                assertThat(client.receiveText()).containsExactly("", "answer");
            }
        }
    }

    @Test
    void takesAnswersWhereWorkersFetch() {
        try (TestBroker broker = start(ANY, ANY);
                RawPeer client = broker.client("REQ");
                RawPeer worker = broker.worker()) {
            int workersPort = broker.broker().endpoints().get(1).endpoint().port();
            client.sendMessage("", "task");
            worker.sendMessage("", "fetch");
            try (RawPeer answers = RawPeer.connect(workersPort, "PUSH")) {
                answers.sendMessage(worker.receive().get(1), "answer".getBytes(StandardCharsets.UTF_8));

                assertThat(client.receiveText()).containsExactly("", "answer");
            }
        }
    }

    @Test
    void keepsTheServicesOfEndpointsApart() {
        try (TestBroker broker = start(ANY + "?service=a", ANY + "?service=b");
                RawPeer client = broker.client("REQ");
                RawPeer worker = broker.worker()) {
            client.sendMessage("", "task");
            worker.sendMessage("", "fetch");

            broker.await(held -> held.waiting() == 1 && held.idleWorkers() == 1);
        }
    }

    @Test
    void refusesWorkersThatDoNotSpeakTheDialectOfTheEndpoint() {
        try (TestBroker broker = start(ANY, ANY + "?dialect=rep")) {
            int port = broker.broker().endpoints().get(1).endpoint().port();
            try (RawPeer worker = RawPeer.silent(port)) {
                worker.send(RawPeer.greeting());
                worker.send(RawPeer.ready("REQ", ""));
                worker.octets(64);

                assertThat(new String(worker.command(), 1, 5, StandardCharsets.US_ASCII))
                        .isEqualTo("ERROR");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "tcp://no-such-host.invalid:*, unknown host",
        "tcp://192.0.2.200:*, annot assign requested address", // Java's own transport begins it in lower case
    })
    void saysWhyItCannotListen(String endpoint, String why) {
        var config = BrokerConfig.builder()
                .clients(Endpoint.parse(ANY))
                .workers(Endpoint.parse(endpoint))
                .build();

        assertThatThrownBy(() -> Broker.start(config))
                .isInstanceOf(ListenException.class)
                .hasMessageStartingWith("cannot listen on " + endpoint.replace("*", "0") + " for workers: ")
                .hasMessageEndingWith(why);
    }

    private static TestBroker start(String clients, String workers) {
        return TestBroker.startAsConfigured(
                BrokerConfig.builder().clients(Endpoint.parse(clients)).workers(Endpoint.parse(workers)));
    }

    private static boolean hasIpv6() throws Exception {
        return NetworkInterface.getByInetAddress(InetAddress.getAllByName("::1")[0]) != null;
    }

    private static Stream<String> linkLocalAddresses() throws Exception {
        return NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(InetAddress::isLinkLocalAddress)
                .map(InetAddress::getHostAddress)
                .filter(address -> address.indexOf('%') > 0);
    }
}
