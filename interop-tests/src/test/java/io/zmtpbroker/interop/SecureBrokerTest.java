package io.zmtpbroker.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.zmtpbroker.broker.access.AccessRole;
import io.zmtpbroker.interop.SecureSetup.Mechanism;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.zeromq.SocketType;

/** Who gets in, who does not, and who may do what: real clients and workers with PLAIN and CURVE, through the jar. */
@SuppressWarnings("try") // a peer does its part by being there
class SecureBrokerTest {
    private static final String ANY_PORT = "tcp://127.0.0.1:*";

    /** Says nothing of itself, and does not wait at its end until it has sent what it never could. */
    private static final PeerUser IN_VAIN = new PeerUser(Map.of(SocketOption.LINGER, "0"));

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"LIBZMQ, PLAIN", "LIBZMQ, CURVE", "JEROMQ, PLAIN", "JEROMQ, CURVE"})
    void servesThoseWhoHaveTheRole(PeerLibrary library, Mechanism mechanism) {
        SecureSetup setup = new SecureSetup(mechanism, folder);
        PeerUser alice = setup.add("alice", SecureSetup.CLIENT);
        PeerUser bob = setup.add("bob", SecureSetup.WORKER);
        try (BrokerProcess broker = BrokerCommand.with(setup.options()).start();
                Peers peers = library.open();
                Client client = Client.req(alice.of(peers), broker);
                Worker worker = new FetchWorker(bob.of(peers), broker)) {
            for (String body : List.of("short", "x".repeat(100_000))) {
                serve(client, worker, body);
            }
            assertThat(commandLineOf(broker)).doesNotContain(setup.secretKey(), SecureSetup.password("alice"));
            assertThat(broker.process().errors()).doesNotContain(setup.secretKey(), "password-of", "no authentication");
        }
    }

    /** Each kind of peer that must not get in tries; then all is as before for those who may. */
    @ParameterizedTest
    @CsvSource({"LIBZMQ, PLAIN", "LIBZMQ, CURVE", "JEROMQ, PLAIN", "JEROMQ, CURVE"})
    void keepsOthersOutAndTheRestNoticesNothing(PeerLibrary library, Mechanism mechanism) {
        SecureSetup setup = new SecureSetup(mechanism, folder);
        PeerUser alice = setup.add("alice", SecureSetup.CLIENT);
        PeerUser bob = setup.add("bob", SecureSetup.WORKER);
        try (BrokerProcess broker = BrokerCommand.with(setup.options()).start();
                Peers peers = library.open();
                Client client = Client.req(alice.of(peers), broker);
                Worker worker = new FetchWorker(bob.of(peers), broker);
                Peers outside = IN_VAIN.of(peers);
                Client stranger = Client.req(setup.stranger().of(outside), broker);
                Client impostor = Client.req(setup.impostor("alice").of(outside), broker);
                Client nobody = Client.req(outside, broker);
                Client asksAsWorker = Client.req(bob.of(outside), broker);
                Worker fetchesAsClient = new FetchWorker(alice.of(outside), broker)) {
            List.of(stranger, impostor, nobody, asksAsWorker).forEach(each -> each.ask(Message.of("let me in")));
            fetchesAsClient.ready();
            worker.ready();
            List<String> reasons = mechanism == Mechanism.PLAIN
                    ? List.of("400: unknown user", "400: wrong password of user 'alice'")
                    : List.of("is not on the list", "HELLO does not open");
            reasons.forEach(reason -> broker.process().awaitErrors(reason, 1));
            broker.process().awaitErrors("400: user 'bob' has not the role client", 1);
            broker.process().awaitErrors("400: user 'alice' has not the role worker", 2);

            client.ask(Message.of("question"));
            answer(client, worker, worker.task(), "question");
            serve(client, worker, "another");
            List.of(stranger, impostor, nobody, asksAsWorker)
                    .forEach(each -> assertThat(each.answer(Limits.QUIET)).isEmpty());
            assertThat(fetchesAsClient.task(Limits.QUIET)).isEmpty();

            assertThat(broker.process().errors()).doesNotContain("let me in");
            broker.stop();
            assertThat(broker.counted("violations.authentication")).isGreaterThanOrEqualTo(4);
            assertThat(broker.counted("requests.accepted")).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @EnumSource
    void readsItsFilesAgain(Mechanism mechanism) throws IOException {
        SecureSetup setup = new SecureSetup(mechanism, folder);
        PeerUser alice = setup.add("alice", SecureSetup.CLIENT);
        PeerUser bob = setup.add("bob", SecureSetup.WORKER);
        try (BrokerProcess broker = BrokerCommand.with(setup.options()).start();
                Peers peers = PeerLibrary.LIBZMQ.open();
                Client client = Client.req(alice.of(peers), broker);
                Worker worker = new FetchWorker(bob.of(peers), broker)) {
            serve(client, worker, "before");

            PeerUser carol = setup.add("carol", SecureSetup.WORKER);
            setup.remove("bob");
            worker.ready();
            client.ask(Message.of("after"));
            Worker.Task lost = worker.task();
            assertThat(lost.body()).isEqualTo(Message.of("after"));
            broker.process().hangUp();
            broker.process().awaitErrors("(bob): its credential was taken away or changed", 2);
            broker.process().awaitErrors("connections closed that lost theirs: 2", 1);
            try (Worker young = new FetchWorker(carol.of(peers), broker)) {
                Worker.Task task = young.fetch();
                assertThat(task.body()).as("what bob had in hand").isEqualTo(lost.body());
                young.answer(task, Message.of("done"));
                assertThat(client.answer()).isEqualTo(Message.of("done"));

                Files.writeString(setup.users(), "nonsense\n", StandardOpenOption.APPEND);
                broker.process().hangUp();
                assertThat(broker.process().awaitErrors("not read again", 1).get(0))
                        .contains(setup.users() + ":")
                        .contains("a line is '");
                serve(client, young, "the old ones still hold");
            }
            broker.stop();
            assertThat(broker.counted("connections.revoked")).isEqualTo(2);
        }
    }

    /** As in the guide: one port for all, where the first message tells who is what. */
    @Test
    void looksAtTheRoleWhenAPeerOfASharedPortBegins() {
        SecureSetup setup = new SecureSetup(Mechanism.CURVE, folder);
        PeerUser alice = setup.add("alice", SecureSetup.CLIENT);
        PeerUser bob = setup.add("bob", SecureSetup.WORKER);
        try (BrokerProcess broker = BrokerCommand.with(setup.options())
                        .with(List.of("--drain=0"))
                        .on("--workers", ANY_PORT)
                        .start();
                Peers peers = PeerLibrary.LIBZMQ.open();
                PeerSocket worker = dealer(bob, peers, broker);
                PeerSocket client = dealer(alice, peers, broker);
                PeerSocket falseWorker = dealer(alice, peers, broker);
                PeerSocket falseClient = dealer(bob, peers, broker)) {
            falseWorker.send(Message.of("", "MDPW01", "\u0001", "echo"));
            falseClient.send(Message.of("MDPC02", "\u0001", "echo", "question"));
            broker.process().awaitErrors("(alice): it began as a worker, and its user is none", 1);
            broker.process().awaitErrors("(bob): it began as a client, and its user is none", 1);

            worker.send(Message.of("MDPW02", "\u0001", "echo"));
            client.send(Message.of("MDPC02", "\u0001", "echo", "question"));
            Message task = worker.receive();
            assertThat(task.text(task.size() - 1)).isEqualTo("question");
            broker.stop();
            assertThat(broker.counted("connections.forbidden")).isGreaterThanOrEqualTo(2);
        }
    }

    private static PeerSocket dealer(PeerUser user, Peers peers, BrokerProcess broker) {
        return user.of(peers).open(SocketSpec.of(SocketType.DEALER, broker.workers()));
    }

    /** The broker judges, so it is the server of CURVE also where it connects: the worker that listens knows its key. */
    @ParameterizedTest
    @EnumSource
    void isTheServerAlsoWhereItConnects(Mechanism mechanism) {
        SecureSetup setup = new SecureSetup(mechanism, folder);
        PeerUser alice = setup.add("alice", SecureSetup.CLIENT);
        PeerUser bob = setup.add("bob", SecureSetup.WORKER);
        String worker = LastingPort.endpoint();
        String[] arguments = mechanism == Mechanism.PLAIN
                ? new String[] {"REP", "bind", worker, "PLAIN", "client", "bob", SecureSetup.password("bob")}
                : new String[] {
                    "REP",
                    "bind",
                    worker,
                    "CURVE",
                    "client",
                    bob.options().get(SocketOption.CURVE_PUBLIC_KEY),
                    bob.options().get(SocketOption.CURVE_SECRET_KEY),
                    bob.options().get(SocketOption.CURVE_SERVER_KEY)
                };
        try (BrokerProcess broker = BrokerCommand.with(setup.options())
                        .on(ANY_PORT, worker + "?connect")
                        .start();
                PythonPeer echo = PythonPeer.start("secure.py", arguments);
                Peers peers = PeerLibrary.LIBZMQ.open();
                Client client = Client.req(alice.of(peers), broker)) {
            echo.await("ready", Limits.SOON);
            client.ask(Message.of("question"));

            assertThat(client.answer()).isEqualTo(Message.of("question"));
        }
    }

    @Test
    void everyEndpointMayHaveAMechanismOfItsOwn() {
        SecureSetup setup = new SecureSetup(Mechanism.CURVE, folder);
        PeerUser alice = setup.add("alice", AccessRole.ALL);
        try (BrokerProcess broker = BrokerCommand.with(setup.options("null"))
                        .on(ANY_PORT + "?mechanism=curve", ANY_PORT, ANY_PORT)
                        .start();
                Peers peers = PeerLibrary.LIBZMQ.open();
                Client client = Client.req(alice.of(peers), broker);
                Worker worker = new FetchWorker(peers, broker)) {
            serve(client, worker, "question");
        }
    }

    private static void serve(Client client, Worker worker, String body) {
        client.ask(Message.of(body));
        answer(client, worker, worker.fetch(), body);
    }

    private static void answer(Client client, Worker worker, Worker.Task task, String body) {
        assertThat(task.body()).isEqualTo(Message.of(body));
        worker.answer(task, Message.of("answer to " + body));
        assertThat(client.answer()).isEqualTo(Message.of("answer to " + body));
    }

    private static String commandLineOf(BrokerProcess broker) {
        try {
            return Files.readString(
                    Path.of("/proc", Long.toString(broker.process().pid()), "cmdline"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
