package io.zmtpbroker.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.zmtpbroker.broker.net.Endpoint;
import io.zmtpbroker.broker.net.ListenException;
import io.zmtpbroker.broker.net.Transport;
import io.zmtpbroker.zmtp.testing.LeakCheck;
import io.zmtpbroker.zmtp.testing.RawPeer;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Unix sockets, on each transport that works here. */
@ExtendWith(LeakCheck.class)
@SuppressWarnings("try") // some brokers and peers have only to be there
class IpcTest {

    @TempDir
    private Path directory;

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "AUTO")
    void servesPeersOfAllKindsByPathAndLeavesNothingBehind(Transport transport) throws Exception {
        assumeTrue(transport.unavailable() == null);
        var config = BrokerConfig.builder(ipc("clients"), ipc("workers"), ipc("answers"))
                .transport(transport);

        try (TestBroker broker = TestBroker.startAsConfigured(config);
                RawPeer client = RawPeer.connect(directory.resolve("clients"), "REQ");
                RawPeer worker = RawPeer.connect(directory.resolve("workers"), "REQ");
                RawPeer answers = RawPeer.connect(directory.resolve("answers"), "PUSH")) {
            client.sendMessage("", "task");
            worker.sendMessage("", "fetch");
            answers.sendMessage(worker.receive().get(1), "answer".getBytes(StandardCharsets.UTF_8));

            assertThat(client.receiveText()).containsExactly("", "answer");
            assertThat(broker.broker().endpoints().get(0))
                    .hasToString("clients listening on ipc://" + directory.resolve("clients"));
            assertThat(directory.toFile().list()).containsExactlyInAnyOrder("clients", "workers", "answers");
        }

        assertThat(directory).isEmptyDirectory();
    }

    /** As those of an address elsewhere. */
    @ParameterizedTest
    @EnumSource(names = {"EPOLL", "IO_URING"})
    void limitsThePeersOfOneUser(Transport transport) {
        assumeTrue(transport.unavailable() == null);
        var config = BrokerConfig.builder(ipc("clients"), ipc("workers"), ipc("answers"))
                .transport(transport)
                .maxConnectionsPerAddress(2);

        try (TestBroker broker = TestBroker.startAsConfigured(config);
                RawPeer client = RawPeer.connect(directory.resolve("clients"), "REQ");
                RawPeer worker = RawPeer.connect(directory.resolve("workers"), "REQ");
                RawPeer tooMany = RawPeer.silent(directory.resolve("answers"))) {
            tooMany.awaitEnd();

            assertThat(broker.counter("connections.refused.address-connections"))
                    .isOne();
        }
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "AUTO")
    void setsThePermissions(Transport transport) throws Exception {
        assumeTrue(transport.unavailable() == null);
        Path path = directory.resolve("x");

        try (TestBroker broker = start(transport, "ipc://" + path + "?mode=0642")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                    .isEqualTo("rw-r---w-");
            RawPeer.connect(path, "REQ").close();
        }
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "AUTO")
    void takesOverASocketOnWhichNobodyListens(Transport transport) throws Exception {
        assumeTrue(transport.unavailable() == null);
        Path path = directory.resolve("x");
        listen(path).close(); // Java leaves the file there, as a crash does

        try (TestBroker broker = start(transport, "ipc://" + path);
                RawPeer client = RawPeer.connect(path, "REQ")) {
            client.sendMessage("", "task");

            broker.await(held -> held.waiting() == 1);
        }
        assertThat(path).doesNotExist();
    }

    @Test
    void refusesASocketOnWhichSomebodyListensAndLeavesItToThem() throws Exception {
        Path path = directory.resolve("x");
        try (ServerSocketChannel other = listen(path)) {
            assertThatThrownBy(() -> start(Transport.AUTO, "ipc://" + path))
                    .hasRootCauseMessage("somebody listens there already")
                    .cause()
                    .isInstanceOf(ListenException.class)
                    .hasMessage("cannot listen on ipc://" + path + " for clients: somebody listens there already");

            assertThat(other.isOpen()).isTrue();
            RawPeer.silent(path).close();
        }
    }

    @Test
    void refusesASocketWhoseListenerDoesNotAccept() throws Exception {
        Path path = directory.resolve("x");
        try (ServerSocketChannel busy = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            busy.bind(UnixDomainSocketAddress.of(path), 1);
            try (RawPeer first = RawPeer.silent(path);
                    RawPeer second = RawPeer.silent(path)) { // with these its backlog is full
                assertThatThrownBy(() -> start(Transport.AUTO, "ipc://" + path))
                        .cause()
                        .hasMessageContaining("it cannot be found out whether somebody listens there");
                assertThat(path).exists();
            }
        }
    }

    @Test
    void neverTouchesAFileThatIsNoSocket() throws Exception {
        Path path = Files.writeString(directory.resolve("x"), "precious");

        assertThatThrownBy(() -> start(Transport.AUTO, "ipc://" + path))
                .hasRootCauseMessage("there is a file of that name that is not a socket");

        assertThat(path).hasContent("precious");
        assertThat(directory.toFile().list()).containsExactly("x");
    }

    @Test
    void refusesASymbolicLinkToASocketAsNoSocket() throws Exception {
        Path socket = directory.resolve("socket");
        listen(socket).close();
        Path link = Files.createSymbolicLink(directory.resolve("link"), socket);

        assertThatThrownBy(() -> start(Transport.AUTO, "ipc://" + link))
                .hasRootCauseMessage("there is a file of that name that is not a socket");

        assertThat(link).isSymbolicLink();
    }

    @Test
    void saysThatTheDirectoryIsMissing() {
        assertThatThrownBy(() -> start(Transport.AUTO, "ipc://" + directory + "/none/x"))
                .cause()
                .hasMessage("cannot listen on ipc://" + directory + "/none/x for clients: no such directory");
    }

    @Test
    void leavesTheFileToWhoeverHasTakenItsName() throws Exception {
        Path path = directory.resolve("x");
        TestBroker broker = start(Transport.AUTO, "ipc://" + path);
        Files.delete(path);
        try (ServerSocketChannel other = listen(path)) {
            broker.close();

            assertThat(path).exists();
            RawPeer.silent(path).close();
            assertThat(other.isOpen()).isTrue();
        }
    }

    @Test
    void takesAPathOfTheGreatestLength() {
        String name = "x".repeat(107 - directory.toString().length() - 1);

        try (TestBroker broker = start(Transport.AUTO, "ipc://" + directory.resolve(name))) {
            assertThat(directory.resolve(name)).exists(); // Java cannot connect to a path of more than 106
        }
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void makesUpANameThatOnlyItsUserCanReach() throws Exception {
        Path path;
        try (TestBroker broker = start(Transport.AUTO, "ipc://*")) {
            String printed = broker.broker().endpoints().get(0).endpoint().toString();
            path = Path.of(printed.substring("ipc://".length()));

            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path.getParent())))
                    .isEqualTo("rwx------");
            RawPeer.connect(path, "REQ").close();
        }
        assertThat(path.getParent()).doesNotExist();
    }

    @ParameterizedTest
    @EnumSource(names = {"EPOLL", "IO_URING"})
    void servesAndReachesAbstractNames(Transport transport) throws Exception {
        assumeTrue(transport.unavailable() == null);
        String name = "@" + UUID.randomUUID();

        try (LogLines log = new LogLines();
                TestBroker listens = start(transport, "ipc://" + name);
                TestBroker connects = start(transport, "ipc://" + name + "?connect")) {
            log.await("clients connected to ipc://" + name);
            listens.awaitCounter("connections.accepted", 1);

            // A name that is padded with zeros would be shown with an @ for each.
            assertThat(Files.readAllLines(Path.of("/proc/net/unix"))).anyMatch(line -> line.endsWith(" " + name));
        }
    }

    @Test
    void refusesAnAbstractNameThatIsTaken() {
        assumeTrue(Transport.EPOLL.unavailable() == null);
        String endpoint = "ipc://@" + UUID.randomUUID();

        try (TestBroker first = start(Transport.EPOLL, endpoint)) {
            assertThatThrownBy(() -> start(Transport.EPOLL, endpoint))
                    .cause()
                    .hasMessage("cannot listen on " + endpoint + " for clients: Address already in use");
        }
    }

    @Test
    void saysThatJavasOwnTransportHasNoAbstractNames() {
        assertThatThrownBy(() -> start(Transport.NIO, "ipc://@x"))
                .cause()
                .hasMessage("cannot listen on ipc://@x for clients: "
                        + "abstract names need Linux and its epoll or io_uring, and the transport here is nio");
    }

    @Test
    void namesThePathInTheLogAsThePeerHasNoAddress() {
        Path path = directory.resolve("x");
        try (LogLines log = new LogLines();
                TestBroker broker = start(Transport.AUTO, "ipc://" + path);
                RawPeer stranger = RawPeer.silent(path)) {
            stranger.sendHex("47455420 2f204854");

            assertThat(log.await("closed")).startsWith("closed clients connection of ipc://" + path + ": ");
        }
    }

    private Endpoint ipc(String name) {
        return Endpoint.parse("ipc://" + directory.resolve(name));
    }

    private static TestBroker start(Transport transport, String clients) {
        return TestBroker.startAsConfigured(BrokerConfig.builder()
                .clients(Endpoint.parse(clients))
                .workers(Endpoint.parse("tcp://127.0.0.1:*"))
                .transport(transport));
    }

    private static ServerSocketChannel listen(Path path) throws Exception {
        return ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(path));
    }
}
