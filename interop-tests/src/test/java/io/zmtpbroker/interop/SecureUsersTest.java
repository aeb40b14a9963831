package io.zmtpbroker.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.zmtpbroker.interop.SecureSetup.Mechanism;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zeromq.SocketType;

/** What belongs to one user and not to another: tasks, and routing ids. */
@SuppressWarnings("try") // a peer does its part by being there
class SecureUsersTest {
    private static final String ANY_PORT = "tcp://127.0.0.1:*";

    @TempDir
    private Path folder;

    @Test
    void doesNotTakeAnAnswerOfAnotherUser() {
        SecureSetup setup = new SecureSetup(Mechanism.CURVE, folder);
        PeerUser alice = setup.add("alice", SecureSetup.CLIENT);
        PeerUser bob = setup.add("bob", SecureSetup.WORKER);
        PeerUser mallory = setup.add("mallory", SecureSetup.WORKER);
        try (BrokerProcess broker = BrokerCommand.with(setup.options()).start();
                Peers peers = PeerLibrary.LIBZMQ.open();
                Client client = Client.req(alice.of(peers), broker);
                Worker worker = new FetchWorker(bob.of(peers), broker);
                Worker thief = new FetchWorker(mallory.of(peers), broker)) {
            client.ask(Message.of("question"));
            Worker.Task task = worker.fetch();

            thief.answer(task, Message.of("forged"));
            assertThat(client.answer(Limits.QUIET)).isEmpty();
            worker.answer(task, Message.of("true"));

            assertThat(client.answer()).isEqualTo(Message.of("true"));
            broker.stop();
            assertThat(broker.counted("answers.of-others")).isOne();
            assertThat(broker.counted("drops.not-its-task")).isOne();
        }
    }

    /** A name is the same user, by whichever mechanism it comes. */
    @Test
    void aUserMayFetchByOneMechanismAndAnswerByAnother() {
        SecureSetup plain = new SecureSetup(Mechanism.PLAIN, folder);
        SecureSetup curve = new SecureSetup(Mechanism.CURVE, folder);
        PeerUser alice = plain.add("alice", SecureSetup.CLIENT);
        PeerUser bobByKey = curve.add("bob", SecureSetup.WORKER);
        PeerUser bobByPassword = plain.add("bob", SecureSetup.WORKER);
        PeerUser carol = plain.add("carol", SecureSetup.WORKER);
        try (BrokerProcess broker = BrokerCommand.with(plain.options())
                        .with(curve.files())
                        .on(ANY_PORT, ANY_PORT + "?mechanism=curve", ANY_PORT)
                        .start();
                Peers peers = PeerLibrary.LIBZMQ.open();
                Client client = Client.req(alice.of(peers), broker);
                PeerSocket fetch = bobByKey.of(peers).open(SocketSpec.of(SocketType.REQ, broker.workers()));
                PeerSocket answers = bobByPassword.of(peers).open(SocketSpec.of(SocketType.PUSH, broker.answers()));
                PeerSocket others = carol.of(peers).open(SocketSpec.of(SocketType.PUSH, broker.answers()))) {
            client.ask(Message.of("question"));
            fetch.send(Message.of("requesting task"));
            Message id = fetch.receive().until(1);

            others.send(Message.of("of another").behind(id));
            assertThat(client.answer(Limits.QUIET)).isEmpty();
            answers.send(Message.of("answer").behind(id));

            assertThat(client.answer()).isEqualTo(Message.of("answer"));
        }
    }

    @Test
    void doesNotTakeARoutingIdFromAnotherUser() {
        SecureSetup setup = new SecureSetup(Mechanism.PLAIN, folder);
        PeerUser alice = setup.add("alice", SecureSetup.CLIENT);
        PeerUser mallory = setup.add("mallory", SecureSetup.CLIENT);
        PeerUser bob = setup.add("bob", SecureSetup.WORKER);
        try (BrokerProcess broker = BrokerCommand.with(setup.options()).start();
                Peers peers = PeerLibrary.LIBZMQ.open();
                PeerSocket first = named(alice, peers, broker);
                Worker worker = new FetchWorker(bob.of(peers), broker)) {
            first.send(Message.of("", "of alice"));
            Worker.Task task = worker.fetch();
            try (PeerSocket second = named(mallory, peers, broker)) {
                second.send(Message.of("", "of mallory"));
                Worker.Task other = worker.fetch();
                worker.answer(task, Message.of("for alice"));
                worker.answer(other, Message.of("for mallory"));

                assertThat(first.receive()).isEqualTo(Message.of("", "for alice"));
                assertThat(second.receive()).isEqualTo(Message.of("", "for mallory"));
            }
            broker.stop();
            assertThat(broker.counted("connections.replaced")).isZero();
        }
    }

    private static PeerSocket named(PeerUser user, Peers peers, BrokerProcess broker) {
        SocketSpec dealer = SocketSpec.of(SocketType.DEALER, broker.clients());
        return user.of(peers).open(dealer.with(SocketOption.IDENTITY, "same"));
    }
}
