package io.zmtpbroker.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.zmtpbroker.zmtp.testing.RawPeer;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The limits that are given on the command line, at their edges. */
class LimitsTest {
    @ParameterizedTest
    @EnumSource(PeerLibrary.class)
    void aMessageMayBeAsLongAsTheLimit(PeerLibrary library) {
        try (BrokerProcess broker =
                        BrokerCommand.with("--max-message-bytes", "100000").start();
                Peers peers = library.open();
                Client client = Client.req(peers, broker);
                Worker worker = new FetchWorker(peers, broker)) {
            Message longest = Message.ofOctets(new byte[60_000], new byte[40_000]);
            client.ask(longest);
            Worker.Task task = worker.fetch();
            worker.answer(task, Message.ofOctets(new byte[100_000 - 16]));

            assertThat(task.body()).isEqualTo(longest);
            assertThat(client.answer()).isEqualTo(Message.ofOctets(new byte[100_000 - 16]));
        }
    }

    @Test
    void aLongerMessageClosesItsConnectionOnTheHeader() {
        try (BrokerProcess broker =
                        BrokerCommand.with("--max-message-bytes", "100000").start();
                RawPeer inOneFrame = RawPeer.connect(broker.clientsPort(), "DEALER");
                RawPeer inTwoFrames = RawPeer.connect(broker.clientsPort(), "DEALER")) {
            inOneFrame.sendHex("0100" + "02" + String.format("%016x", 100_001));
            inTwoFrames.sendMessage(new byte[0], new byte[60_000], new byte[40_001]);

            inOneFrame.awaitEnd();
            inTwoFrames.awaitEnd();
            broker.stop();
            assertThat(broker.counted("connections.accepted")).isEqualTo(2);
            assertThat(broker.counted("violations.frame-too-long")).isOne();
            assertThat(broker.counted("violations.message-too-long")).isOne();
        }
    }

    @Test
    void aMessageOfTooManyFramesClosesItsConnection() {
        try (BrokerProcess broker =
                        BrokerCommand.with("--max-message-frames", "4").start();
                RawPeer worker = RawPeer.connect(broker.workersPort(), "REQ");
                RawPeer client = RawPeer.connect(broker.clientsPort(), "DEALER")) {
            worker.sendMessage("", "fetch");
            client.sendMessage("", "a", "b", "c");
            assertThat(worker.receive()).hasSize(5);

            client.sendMessage("", "a", "b", "c", "d");
            client.awaitEnd();
        }
    }

    @Test
    void connectionsBeyondTheLimitAreClosed() {
        try (BrokerProcess broker = BrokerCommand.with("--max-connections", "3").start();
                RawPeer first = RawPeer.connect(broker.clientsPort(), "REQ");
                RawPeer second = RawPeer.connect(broker.workersPort(), "REQ");
                RawPeer third = RawPeer.connect(broker.answersPort(), "PUSH");
                RawPeer tooMany = RawPeer.silent(broker.clientsPort())) {
            tooMany.awaitEnd();
            second.sendMessage("", "fetch");
            first.sendMessage("", "question");
            var task = second.receive();
            third.sendMessage(task.get(1), new byte[] {42});

            assertThat(first.receive().get(1)).containsExactly(42);
        }
    }

    @Test
    void aLongerFrameClosesItsConnection() {
        try (BrokerProcess broker =
                        BrokerCommand.with("--max-frame-bytes=100", "--drain=0").start();
                RawPeer worker = RawPeer.connect(broker.workersPort(), "REQ");
                RawPeer client = RawPeer.connect(broker.clientsPort(), "DEALER")) {
            worker.sendMessage("", "fetch");
            client.sendMessage(new byte[0], new byte[99], new byte[100]);
            assertThat(worker.receive()).hasSize(4);

            client.sendMessage(new byte[0], new byte[101]);
            client.awaitEnd();
            broker.stop();
            assertThat(broker.counted("violations.frame-too-long")).isOne();
        }
    }

    @Test
    void aLongerCommandClosesItsConnection() {
        int limit = 64 << 10;
        byte[] unknown = Arrays.copyOf(new byte[] {1, 'X'}, limit + 1);
        try (BrokerProcess broker = BrokerCommand.with("--drain=0").start();
                RawPeer worker = RawPeer.connect(broker.workersPort(), "REQ");
                RawPeer client = RawPeer.connect(broker.clientsPort(), "DEALER")) {
            worker.sendMessage("", "fetch");
            client.send(RawPeer.frame(4, Arrays.copyOf(unknown, limit - 1)));
            client.send(RawPeer.frame(4, Arrays.copyOf(unknown, limit)));
            client.sendMessage("", "question");
            assertThat(worker.receive()).hasSize(3);

            client.send(Arrays.copyOf(RawPeer.frame(4, unknown), 9)); // no more than its header
            client.awaitEnd();
            broker.stop();
            assertThat(broker.counted("violations.command-too-long")).isOne();
        }
    }

    @Test
    void moreUnknownCommandsInASecondCloseTheirConnection() {
        byte[] unknown = RawPeer.frame(4, new byte[] {1, 'X'});
        try (BrokerProcess broker = BrokerCommand.with("--max-unknown-commands=5", "--drain=0")
                        .start();
                RawPeer worker = RawPeer.connect(broker.workersPort(), "REQ");
                RawPeer client = RawPeer.connect(broker.clientsPort(), "DEALER");
                RawPeer tooMany = RawPeer.connect(broker.clientsPort(), "DEALER")) {
            for (int i = 0; i < 5; i++) {
                client.send(unknown);
                tooMany.send(unknown);
            }
            tooMany.send(unknown);
            tooMany.awaitEnd();
            worker.sendMessage("", "fetch");
            client.sendMessage("", "question");

            assertThat(worker.receive()).hasSize(3);
            broker.stop();
            assertThat(broker.counted("violations.too-many-commands")).isOne();
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "--max-connections=3, connections.refused.connections",
        "--max-connections-per-address=3, connections.refused.address-connections"
    })
    void theFourthConnectionIsOneTooManyAndIsCounted(String option, String counter) {
        try (BrokerProcess broker = BrokerCommand.with(option).start();
                RawPeer first = RawPeer.silent(broker.clientsPort());
                RawPeer second = RawPeer.silent(broker.workersPort());
                RawPeer third = RawPeer.silent(broker.answersPort())) {
            for (RawPeer peer : List.of(first, second, third)) {
                peer.send(RawPeer.greeting());
                assertThat(peer.octets(RawPeer.greeting().length)).isNotEmpty();
            }

            try (RawPeer fourth = RawPeer.silent(broker.clientsPort())) {
                fourth.awaitEnd();
            }
            broker.stop();
            assertThat(broker.counted(counter)).isOne();
            assertThat(broker.counted("connections.refused")).isOne();
        }
    }

    /** Its octets come much more often than the time is long, and all of them would take four times as long. */
    @Test
    void aHandshakeEndsWithItsTimeHoweverItDribbles() {
        byte[] greeting = RawPeer.greeting();
        byte[] ready = RawPeer.ready("REQ", "");
        byte[] handshake = Arrays.copyOf(greeting, greeting.length + ready.length);
        System.arraycopy(ready, 0, handshake, greeting.length, ready.length);
        try (BrokerProcess broker =
                        BrokerCommand.with("--handshake-timeout", "1").start();
                RawPeer slow = RawPeer.silent(broker.clientsPort())) {
            int sent = slow.dribble(handshake, 40);

            assertThat(sent).as("octets of %s", handshake.length).isBetween(4, greeting.length);
            broker.stop();
            assertThat(broker.counted("violations.handshake-timeout")).isOne();
        }
    }
}
