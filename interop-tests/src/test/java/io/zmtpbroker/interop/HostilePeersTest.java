package io.zmtpbroker.interop;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.zmtpbroker.interop.Worker.Task;
import io.zmtpbroker.zmtp.testing.Hex;
import io.zmtpbroker.zmtp.testing.RawPeer;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Malformed octets end their own connection, and nobody else notices. */
class HostilePeersTest {
    private static final long SEED = 37;
    private static final String SECRET = "s3cr3t";

    private static BrokerProcess broker;
    private static Peers peers;
    private static Client bystander;
    private static Worker worker;

    @BeforeAll
    static void start() {
        broker = BrokerCommand.with("--handshake-timeout", "2").start();
        peers = PeerLibrary.JEROMQ.open();
        bystander = Client.req(peers, broker);
        worker = new FetchWorker(peers, broker);
        assertServes();
    }

    @AfterEach
    void othersAreServedAsBefore() {
        assertServes();
    }

    @AfterAll
    static void stop() {
        peers.close();
        broker.close();
        assertThat(broker.process().errors()).doesNotContain(SECRET);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "HTTP, 47 45 54 20 2f 20 48 54 54 50 2f 31 2e 31 0d 0a 0d 0a",
        "TLS, 16 03 01 02 00 01 00 01 fc 03 03 00*64",
        "ZMTP 1.0, 01 00 04 00 78 79 7a",
        "ZMTP 2.0 with the framing of 1.0, ff 00*8 7f 00 05 02 00 61",
        "a command of a peer of ZMTP 2.0, ff 00*8 7f 01 05 00 00 04 05 04 50 4f 4e 47",
        "a long routing id in ZMTP 2.0, ff 00*8 7f 01 05 02 00*7 01 61",
        "another mechanism, ff 00*8 7f 03 01 50 4c 41 49 4e 00*15 00*32",
        "a message before READY, ff 00*8 7f 03 01 4e 55 4c 4c 00*16 00*32 00 01 78",
        "READY cut short, ff 00*8 7f 03 01 4e 55 4c 4c 00*16 00*32 04 0a 05 52 45 41 44 59 0b 53 6f 63",
        "a handshake command of 4 GiB, ff 00*8 7f 03 01 4e 55 4c 4c 00*16 00*32 06 00 00 00 01 00 00 00 00",
    })
    void insteadOfAHandshake(String what, String octets) {
        for (int port : ports()) {
            assertThat(what).isNotEmpty();
            try (RawPeer peer = RawPeer.silent(port)) {
                trySend(peer, Hex.octets(octets));
                peer.awaitEnd();
            }
            assertServes();
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "reserved bits, f8 00",
        "a frame of 2^63 octets, 02 80 00 00 00 00 00 00 00",
        "a frame of 2^64-1 octets, 02 ff ff ff ff ff ff ff ff",
        "a frame of 8 GiB, 02 00 00 00 02 00 00 00 00",
        "a frame of 1 GiB without its body, 03 00 00 00 00 40 00 00 00",
        "2000 empty MORE frames, 01 00*4001",
        "a command with MORE, 05 05 04 50 4f 4e 47",
        "an empty command, 04 00",
        "a command name past the end, 04 03 09 41 42",
        "a PING shorter than its fixed part, 04 06 04 50 49 4e 47 00",
    })
    void insteadOfAMessage(String what, String octets) {
        byte[] nasty = what.startsWith("2000") ? Hex.octets("0100".repeat(2000)) : Hex.octets(octets);
        for (RawPeer peer : handshaken()) {
            try (peer) {
                trySend(peer, nasty);
                peer.awaitEnd();
            }
            assertServes();
        }
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"PULL", "SUB", "PAIR", "req", "NONSENSE"})
    void aSocketTypeThatDoesNotBelongHere(String type) {
        for (int port : ports()) {
            try (RawPeer peer = RawPeer.silent(port)) {
                trySend(peer, RawPeer.greeting());
                trySend(peer, RawPeer.ready(type, ""));
                peer.octets(64);
                assertThat(new String(peer.command(), US_ASCII)).contains("ERROR");
                peer.awaitEnd();
            }
        }
    }

    @Test
    void silence() {
        try (RawPeer silent = RawPeer.silent(broker.clientsPort());
                RawPeer half = RawPeer.silent(broker.workersPort())) {
            half.send(Arrays.copyOf(RawPeer.greeting(), 40));

            assertThat(silent.awaitEnd()).as("FIN").isTrue();
            assertThat(half.awaitEnd()).as("FIN").isTrue();
        }
    }

    @Test
    void connectionsThatBreakAnywhere() {
        byte[] whole = conversation();
        for (int cut = 0; cut <= whole.length; cut++) {
            for (int port : ports()) {
                RawPeer peer = RawPeer.silent(port);
                trySend(peer, Arrays.copyOf(whole, cut));
                if (cut % 2 == 0) {
                    peer.reset();
                } else {
                    peer.hangUp();
                }
            }
            if (cut % 20 == 0) {
                assertServes();
            }
        }
    }

    @Test
    void randomOctets() {
        var random = new SplittableRandom(SEED);
        for (int round = 0; round < 200; round++) {
            byte[] junk = new byte[random.nextInt(1, 500)];
            random.nextBytes(junk);
            for (RawPeer peer : handshaken()) {
                try (peer) {
                    trySend(peer, junk);
                }
            }
            byte[] greeting = conversation();
            greeting[random.nextInt(greeting.length)] ^= (byte) (1 << random.nextInt(8));
            try (RawPeer peer = RawPeer.silent(broker.clientsPort())) {
                trySend(peer, greeting);
            }
        }
        assertThat(broker.process().errors().lines().count())
                .as("lines of log for hundreds of bad connections")
                .isLessThan(100);
    }

    private static int[] ports() {
        return new int[] {broker.clientsPort(), broker.workersPort(), broker.answersPort()};
    }

    private static RawPeer[] handshaken() {
        return new RawPeer[] {
            RawPeer.connect(broker.clientsPort(), "DEALER"),
            RawPeer.connect(broker.workersPort(), "REQ"),
            RawPeer.connect(broker.answersPort(), "PUSH")
        };
    }

    /** A whole handshake, then half a message: the front of what a client says. */
    private static byte[] conversation() {
        byte[] ready = RawPeer.ready("PUSH", "");
        byte[] message = ("\1\0\1\6" + SECRET + "\0\20not whole").getBytes(US_ASCII);
        byte[] all = Arrays.copyOf(RawPeer.greeting(), 64 + ready.length + message.length);
        System.arraycopy(ready, 0, all, 64, ready.length);
        System.arraycopy(message, 0, all, 64 + ready.length, message.length);
        return all;
    }

    /** The broker may have closed already, at the first of these octets. */
    private static void trySend(RawPeer peer, byte[] octets) {
        try {
            peer.send(octets);
        } catch (UncheckedIOException e) {
            assertThat(e.getCause()).isNotNull();
        }
    }

    /** Those whose connections were there before are served as ever. */
    private static void assertServes() {
        bystander.ask(Message.of("question"));
        Task task = worker.fetch();
        worker.answer(task, Message.of("answer"));

        assertThat(task.body()).isEqualTo(Message.of("question"));
        assertThat(bystander.answer()).isEqualTo(Message.of("answer"));
    }
}
