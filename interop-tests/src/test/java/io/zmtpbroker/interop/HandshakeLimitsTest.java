package io.zmtpbroker.interop;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.zmtpbroker.interop.SecureSetup.Mechanism;
import io.zmtpbroker.zmtp.testing.RawPeer;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How many may shake hands, as the command line says, at the edges. */
class HandshakeLimitsTest {
    private static final int RATE = 1;

    /** Ten seconds' worth. */
    private static final int AT_ONCE = 10 * RATE;

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "--max-handshakes=3 --max-handshakes-per-address=9, connections.refused.handshakes",
        "--max-handshakes=9 --max-handshakes-per-address=3, connections.refused.address-handshakes"
    })
    void theFourthHandshakeIsOneTooManyUntilOneIsComplete(String options, String counter) {
        try (BrokerProcess broker = BrokerCommand.with(options.split(" ")).start();
                RawPeer first = RawPeer.silent(broker.clientsPort());
                RawPeer second = RawPeer.silent(broker.workersPort());
                RawPeer third = RawPeer.silent(broker.answersPort())) {
            List.of(first, second, third).forEach(HandshakeLimitsTest::awaitGreeting);

            try (RawPeer fourth = RawPeer.silent(broker.clientsPort())) {
                fourth.awaitEnd();
            }
            first.send(RawPeer.ready("REQ", ""));
            first.command();
            try (RawPeer again = RawPeer.silent(broker.clientsPort())) {
                awaitGreeting(again);
            }
            broker.stop();
            assertThat(broker.counted(counter)).isOne();
            assertThat(broker.counted("connections.refused")).isOne();
            assertThat(broker.counted("handshakes.evicted")).isZero();
        }
    }

    @Test
    void oneWhoIsSilentMakesRoomAfterASecond() {
        try (BrokerProcess broker = BrokerCommand.with("--max-handshakes", "1", "--max-handshakes-per-address", "1")
                        .start();
                RawPeer silent = RawPeer.silent(broker.clientsPort())) {
            awaitGreeting(silent);
            assertThat(silent.hearsNothingFor(1000)).isTrue();

            try (RawPeer next = RawPeer.connect(broker.clientsPort(), "REQ")) {
                silent.awaitEnd();
                next.sendMessage("", "question");
            }
            broker.stop();
            assertThat(broker.counted("handshakes.evicted")).isOne();
            assertThat(broker.counted("connections.refused")).isZero();
        }
    }

    /** The rate is one in a second, so a slow machine may see one more for each second that it takes. */
    @Test
    void tenSecondsWorthOfHandshakesMayComeAtOnce(@TempDir Path folder) {
        SecureSetup setup = new SecureSetup(Mechanism.PLAIN, folder);
        setup.add("alice", SecureSetup.CLIENT);
        try (BrokerProcess broker = BrokerCommand.with(setup.options())
                .with(List.of("--handshake-rate", Integer.toString(RATE)))
                .start()) {
            long beganNanos = System.nanoTime();
            for (int i = 0; i < AT_ONCE; i++) {
                assertThat(isWelcome(broker)).as("handshake %d", i + 1).isTrue();
            }
            int more = 0;
            while (isWelcome(broker)) {
                more++;
            }
            long seconds = (System.nanoTime() - beganNanos) / 1_000_000_000;

            assertThat(more).isLessThanOrEqualTo((int) seconds * RATE);
            broker.stop();
            assertThat(broker.counted("violations.handshake-rate")).isOne();
        }
    }

    @Test
    void noRateIsNoLimit(@TempDir Path folder) {
        SecureSetup setup = new SecureSetup(Mechanism.PLAIN, folder);
        setup.add("alice", SecureSetup.CLIENT);
        try (BrokerProcess broker = BrokerCommand.with(setup.options())
                .with(List.of("--handshake-rate", "0"))
                .start()) {
            for (int i = 0; i < 2 * AT_ONCE; i++) {
                assertThat(isWelcome(broker)).isTrue();
            }
        }
    }

    private static void awaitGreeting(RawPeer peer) {
        peer.send(RawPeer.greeting());
        assertThat(peer.octets(RawPeer.greeting().length)).isNotEmpty();
    }

    /** Whether what a client of PLAIN says first is answered, and its connection not closed unheard. */
    private static boolean isWelcome(BrokerProcess broker) {
        byte[] greeting = RawPeer.greeting();
        System.arraycopy("PLAIN".getBytes(US_ASCII), 0, greeting, 12, 5);
        String password = SecureSetup.password("alice");
        String hello = "\5HELLO\5alice" + (char) password.length() + password;
        try (RawPeer peer = RawPeer.silent(broker.clientsPort())) {
            peer.send(greeting);
            peer.octets(greeting.length);
            peer.send(RawPeer.frame(4, hello.getBytes(US_ASCII)));
            return new String(peer.command(), US_ASCII).startsWith("\7WELCOME");
        } catch (UncheckedIOException e) {
            return false;
        }
    }
}
