package io.zmtpbroker.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.zmtpbroker.broker.net.Endpoint;
import io.zmtpbroker.broker.net.Transport;
import io.zmtpbroker.zmtp.testing.LeakCheck;
import io.zmtpbroker.zmtp.testing.RawPeer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Endpoints with {@code ?connect}: peers listen, and the broker comes to them. */
@ExtendWith(LeakCheck.class)
@SuppressWarnings("try") // some brokers have only to be there
class ConnectingTest {

    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    @TempDir
    private Path directory;

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "AUTO")
    void servesPeersThatListen(Transport transport) throws Exception {
        assumeTrue(transport.unavailable() == null);
        try (ServerSocket clients = listen();
                ServerSocket workers = listen();
                ServerSocket answers = listen();
                TestBroker broker = TestBroker.startAsConfigured(
                        BrokerConfig.builder(at(clients, ""), at(workers, "&dialect=fetch"), at(answers, ""))
                                .transport(transport));
                RawPeer client = accept(clients, "REQ");
                RawPeer worker = accept(workers, "REQ");
                RawPeer answerer = accept(answers, "PUSH")) {
            client.sendMessage("", "task");
            worker.sendMessage("", "fetch");
            answerer.sendMessage(worker.receive().get(1), "answer".getBytes(StandardCharsets.UTF_8));

            assertThat(client.receiveText()).containsExactly("", "answer");
            assertThat(broker.broker().endpoints().get(1))
                    .hasToString("workers connecting to tcp://127.0.0.1:" + workers.getLocalPort());
        }
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "AUTO")
    void isReadyBeforeItsPeersAreAndFindsThemWhenTheyCome(Transport transport) throws Exception {
        assumeTrue(transport.unavailable() == null);
        Path path = directory.resolve("x");
        try (LogLines log = new LogLines();
                Socket reserved = new Socket()) {
            reserved.setReuseAddress(true);
            reserved.bind(new InetSocketAddress(LOOPBACK, 0)); // nobody listens, and nobody else gets the port
            int port = reserved.getLocalPort();
            String tcp = "tcp://127.0.0.1:" + port;

            try (TestBroker broker = start(transport, tcp + "?connect", "ipc://" + path + "?connect")) {
                assertThat(log.await("clients cannot"))
                        .isEqualTo("clients cannot connect to " + tcp + ", and go on trying: Connection refused");
                assertThat(log.await("workers cannot connect to ipc://" + path)).matches(".*: [Nn]o such file.*");
                try (ServerSocket clients = new ServerSocket(port, 1, LOOPBACK);
                        ServerSocketChannel workers = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
                    workers.bind(UnixDomainSocketAddress.of(path));
                    RawPeer client = accept(clients, "REQ");
                    RawPeer worker = RawPeer.accept(workers);
                    worker.handshake("REP", "");

                    log.await("clients connected to " + tcp);
                    log.await("workers connected to ipc://" + path);
                    assertThat(log.with("cannot connect")).as("one line each").hasSize(2);
                    client.hangUp();
                    worker.hangUp();
                }
            }
        }
    }

    @Test
    void comesBackBetween100And200MillisecondsLaterEachTime() throws Exception {
        try (LogLines log = new LogLines();
                ServerSocket clients = listen();
                TestBroker broker = start(Transport.AUTO, at(clients, "").toString(), "tcp://127.0.0.1:*")) {
            RawPeer client = accept(clients, "REQ");
            for (int i = 0; i < 5; i++) {
                int expected = i + 1;
                client.sendMessage("", "task");
                broker.await(held -> held.waiting() == 1);
                long before = System.nanoTime();

                client.hangUp();
                client = RawPeer.accept(clients);

                long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - before);
                assertThat(millis)
                        .as("reconnection %d, with a second for a slow machine", expected)
                        .isBetween(100L, 1200L);
                client.handshake("REQ", "");
            }
            client.sendMessage("", "task");
            broker.await(held -> held.waiting() == 1);
            assertThat(log.with("lost the connection"))
                    .isNotEmpty()
                    .first()
                    .asString()
                    .contains("it was closed");
            client.hangUp();
        }
    }

    @Test
    void goesOnTryingWhenThePeerIsNoneOfOursAndSaysSoOnce() throws Exception {
        try (LogLines log = new LogLines();
                ServerSocket strangers = listen();
                TestBroker broker = start(Transport.AUTO, at(strangers, "").toString(), "tcp://127.0.0.1:*")) {
            for (int i = 0; i < 3; i++) {
                try (RawPeer stranger = RawPeer.accept(strangers)) {
                    stranger.sendHex("48545450 2f312e31 20343030");
                    stranger.awaitEnd();
                }
            }

            try (RawPeer client = accept(strangers, "REQ")) {
                client.sendMessage("", "task");
                broker.await(held -> held.waiting() == 1);
                assertThat(log.with("cannot connect")).hasSize(1);
                assertThat(log.with("closed clients connection")).isEmpty();
                assertThat(broker.counter("violations.not-zmtp")).isEqualTo(3);
            }
        }
    }

    @Test
    void looksNamesUp() throws Exception {
        try (LogLines log = new LogLines();
                ServerSocket clients = listen();
                TestBroker broker = start(
                        Transport.AUTO, "tcp://localhost:" + clients.getLocalPort() + "?connect", "tcp://127.0.0.1:*");
                RawPeer client = accept(clients, "DEALER")) {
            log.await("clients connected to tcp://localhost");
        }
    }

    @Test
    void saysThatANameIsUnknownAndGoesOn() {
        try (LogLines log = new LogLines();
                TestBroker broker =
                        start(Transport.AUTO, "tcp://no-such-host.invalid:1?connect", "tcp://127.0.0.1:*")) {
            assertThat(log.await("cannot connect")).endsWith("unknown host");
        }
    }

    @Test
    void isNotKeptFromConnectingByTheLimitOfConnectionsThatCome() throws Exception {
        try (LogLines log = new LogLines();
                ServerSocket clients = listen();
                ServerSocket workers = listen();
                TestBroker broker = TestBroker.startAsConfigured(BrokerConfig.builder()
                        .clients(at(clients, ""))
                        .workers(at(workers, ""))
                        .maxConnections(1));
                RawPeer client = accept(clients, "REQ");
                RawPeer worker = accept(workers, "REP")) {
            log.await("clients connected");
            log.await("workers connected");
        }
    }

    private static ServerSocket listen() throws Exception {
        return new ServerSocket(0, 10, LOOPBACK);
    }

    private static Endpoint at(ServerSocket listener, String more) {
        return Endpoint.parse("tcp://127.0.0.1:" + listener.getLocalPort() + "?connect" + more);
    }

    private static RawPeer accept(ServerSocket listener, String socketType) {
        RawPeer peer = RawPeer.accept(listener);
        peer.handshake(socketType, "");
        return peer;
    }

    private static TestBroker start(Transport transport, String clients, String workers) {
        return TestBroker.startAsConfigured(BrokerConfig.builder()
                .clients(Endpoint.parse(clients))
                .workers(Endpoint.parse(workers))
                .transport(transport));
    }
}
