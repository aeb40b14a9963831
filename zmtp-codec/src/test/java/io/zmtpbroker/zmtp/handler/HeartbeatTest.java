package io.zmtpbroker.zmtp.handler;

import static io.zmtpbroker.zmtp.handler.Wire.PING;
import static io.zmtpbroker.zmtp.handler.Wire.PONG;
import static io.zmtpbroker.zmtp.handler.Wire.hex;
import static io.zmtpbroker.zmtp.handler.Wire.receive;
import static io.zmtpbroker.zmtp.handler.Wire.sent;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.WriteBufferWaterMark;
import io.zmtpbroker.zmtp.SocketType;
import io.zmtpbroker.zmtp.ZmtpHeartbeat;
import io.zmtpbroker.zmtp.testing.Hex;
import io.zmtpbroker.zmtp.testing.LeakCheck;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** PINGs every ten seconds, and thirty for an answer. Sweeps come once a second when nobody has shorter times. */
@ExtendWith(LeakCheck.class)
@SuppressWarnings("FutureReturnValueIgnored") // what was written is looked at itself
class HeartbeatTest {
    private static final ZmtpHeartbeat TEN_AND_THIRTY =
            ZmtpHeartbeat.every(Duration.ofSeconds(10), Duration.ofSeconds(30));
    private static final int STEP = 50;
    private static final int SECOND = 1000;
    private static final int MINUTE = 60 * SECOND;

    /** Ours, with a TTL of fifty seconds. */
    private static final String OUR_PING = hex("04 07 04 50 49 4e 47 01 f4");

    private static final String NO_TTL = "04 07 04 50 49 4e 47 00 00 ";

    private final Application application = new Application();
    private final SlowChannel channel = new SlowChannel();

    @BeforeEach
    void holdTheClock() {
        channel.freezeTime();
    }

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
    }

    // ---- PINGs

    @Test
    void pingsEveryIntervalWhetherThePeerIsHeardOrNot() {
        open(TEN_AND_THIRTY, 1);

        elapse(SECOND);
        for (int interval = 0; interval < 10; interval++) {
            elapse(8 * SECOND);
            assertThat(sent(channel)).isEmpty();
            receive(channel, interval % 2 == 0 ? PONG : "00 01 61");
            elapse(2 * SECOND);
            assertThat(sent(channel)).isEqualTo(OUR_PING);
            receive(channel, PONG);
        }
    }

    @Test
    void pingsAPeerOfZmtp30OnlyWhenItHasSentOneItself() {
        open(TEN_AND_THIRTY, 0);
        elapse(5 * MINUTE);
        assertThat(sent(channel)).isEmpty();
        assertThat(channel.runScheduledPendingTasks()).as("nobody waits").isEqualTo(-1);

        receive(channel, NO_TTL);
        elapse(11 * SECOND);

        assertThat(sent(channel)).isEqualTo(hex(PONG) + OUR_PING);
        elapse(2 * MINUTE);
        assertThat(application.events).containsExactly("complete DEALER", "violation HEARTBEAT_TIMEOUT", "inactive");
    }

    @Test
    void sendsNoPingsWhenItIsOff() {
        open(ZmtpHeartbeat.OFF, 1);
        receive(channel, NO_TTL);
        sent(channel);

        elapse(10 * MINUTE);

        assertThat(sent(channel)).isEmpty();
        assertThat(channel.isActive()).isTrue();
    }

    @Test
    void sendsAFewPingsToAPeerThatIsSilent() {
        open(ZmtpHeartbeat.every(Duration.ofSeconds(1), Duration.ofSeconds(30)), 1);

        elapse(25 * SECOND);
        assertThat(sent(channel)).isEqualTo(hex("04 07 04 50 49 4e 47 01 40").repeat(3));
        receive(channel, PONG);
        elapse(1200);

        assertThat(sent(channel)).startsWith(hex("04 07 04 50 49 4e 47 01 40"));
    }

    // ---- silence

    @Test
    void closesAPeerThatIsSilentForTheTimeoutSinceAPingWasDue() {
        open(TEN_AND_THIRTY, 1);

        elapse(39 * SECOND);
        assertThat(channel.isActive()).isTrue();
        elapse(3 * SECOND);

        assertThat(application.events).containsExactly("complete DEALER", "violation HEARTBEAT_TIMEOUT", "inactive");
        assertThat(channel.runScheduledPendingTasks()).isEqualTo(-1);
    }

    @Test
    void anyOctetIsASignOfLife() {
        open(TEN_AND_THIRTY, 1);
        receive(channel, "02 00 00 00 00 00 0f 00 00");

        for (int octet = 0; octet < 50; octet++) {
            elapse(29 * SECOND);
            receive(channel, "00");
        }
        assertThat(channel.isActive()).isTrue();
        elapse(42 * SECOND);

        assertThat(channel.isActive()).isFalse();
    }

    @Test
    void timeInWhichThePeerIsNotReadDoesNotCount() {
        open(TEN_AND_THIRTY, 1);
        elapse(35 * SECOND);

        channel.config().setAutoRead(false);
        elapse(5 * MINUTE);
        channel.config().setAutoRead(true);
        elapse(29 * SECOND);
        assertThat(channel.isActive()).isTrue();

        elapse(13 * SECOND);
        assertThat(channel.isActive()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 20, 38, 39})
    void timeInWhichTheLoopStandsStillDoesNotCount(int secondsBefore) {
        open(TEN_AND_THIRTY, 1);
        elapse(secondsBefore * SECOND);

        channel.advanceTimeBy(10, TimeUnit.MINUTES);
        channel.runScheduledPendingTasks();
        assertThat(channel.isActive()).isTrue();
        receive(channel, PONG); // it was there all the time
        elapse(29 * SECOND);

        assertThat(channel.isActive()).isTrue();
    }

    @Test
    void aDeadPeerIsFoundAlsoByALoopThatIsAlwaysLate() {
        open(TEN_AND_THIRTY, 1);

        for (int turn = 0; turn < 45; turn++) {
            channel.advanceTimeBy(5, TimeUnit.SECONDS);
            channel.runScheduledPendingTasks();
        }

        assertThat(application.events).endsWith("violation HEARTBEAT_TIMEOUT", "inactive");
    }

    @Test
    void aPeerThatTakesALongMessageIsAlive() {
        open(TEN_AND_THIRTY, 1);
        channel.stall();
        channel.writeAndFlush(Unpooled.wrappedBuffer(Hex.octets("02 00*5 01 00 00"), new byte[1 << 16]));

        for (int part = 0; part < 50; part++) {
            elapse(29 * SECOND);
            channel.take(1000);
        }
        assertThat(channel.isActive()).isTrue();
        channel.write(Hex.buffer("00 00")); // more to be sent is no sign of life
        elapse(20 * SECOND);
        channel.write(Hex.buffer("00 00"));
        elapse(22 * SECOND);

        assertThat(application.events).endsWith("violation HEARTBEAT_TIMEOUT", "inactive");
    }

    /** It may have as many messages as it can hold, and read on when its application takes some. */
    @Test
    void aSlowReaderIsSparedWhereThatIsAskedFor() {
        open(TEN_AND_THIRTY.sparingSlowReaders(), 1);
        receive(channel, "00 01 61");
        channel.writeOutbound(Hex.buffer("00 01 62"));

        elapse(10 * MINUTE);
        assertThat(channel.isActive()).isTrue();
        receive(channel, PONG);
        elapse(43 * SECOND);

        assertThat(application.events).endsWith("violation HEARTBEAT_TIMEOUT", "inactive");
    }

    @Test
    void aSlowReaderIsNotSparedElsewhere() {
        open(TEN_AND_THIRTY, 1);
        channel.writeOutbound(Hex.buffer("00 01 62"));

        elapse(43 * SECOND);

        assertThat(channel.isActive()).isFalse();
    }

    @Test
    void whatFailsForOneEndsThatOneOnly() {
        open(TEN_AND_THIRTY, 1);
        channel.breakDown();

        elapse(12 * SECOND);

        assertThat(application.events).containsExactly("complete DEALER", "exception broken", "inactive");
    }

    @Test
    void aPeerThatIsHeardNowAndThenIsNeverClosedAndASilentOneAlways() {
        for (long seed = 0; seed < 20; seed++) {
            liveAndDie(new SplittableRandom(seed));
        }
    }

    private static void liveAndDie(SplittableRandom random) {
        var application = new Application();
        var channel = new SlowChannel();
        channel.freezeTime();
        int interval = random.nextInt(100, 20_000);
        int timeout = random.nextInt(1000, 40_000);
        open(
                channel,
                application,
                ZmtpHeartbeat.every(Duration.ofMillis(interval), Duration.ofMillis(timeout)),
                random.nextInt(2));
        receive(channel, NO_TTL);
        for (int phase = 0; phase < 200; phase++) {
            switch (random.nextInt(4)) {
                case 0 -> receive(channel, PONG);
                case 1 -> channel.config().setAutoRead(random.nextBoolean());
                case 2 -> channel.advanceTimeBy(random.nextInt(600_000), TimeUnit.MILLISECONDS);
                default -> receive(channel, "00 01 61");
            }
            if (channel.config().isAutoRead()) {
                receive(channel, PONG);
            }
            elapse(channel, random.nextInt(timeout - STEP));
            assertThat(channel.isActive()).isTrue();
        }
        channel.config().setAutoRead(true);
        elapse(channel, 2 * interval + timeout + 3000);

        assertThat(application.events)
                .as("with %s ms and %s ms", interval, timeout)
                .endsWith("violation HEARTBEAT_TIMEOUT", "inactive");
        channel.finishAndReleaseAll();
    }

    // ---- the TTL that we announce

    /** For libzmq only whole frames end the wait of a TTL. */
    @Test
    void aTtlDoesNotRunWhileAPeerIsSentALongMessage() {
        open(TEN_AND_THIRTY, 1);
        elapse(11 * SECOND);
        assertThat(sent(channel)).isEqualTo(OUR_PING);
        byte[] body = new byte[(1 << 20) - 9];

        channel.writeOutbound(Unpooled.wrappedBuffer(Hex.octets("02 00*5 0f ff f7"), body));
        channel.writeOutbound(Unpooled.wrappedBuffer(Hex.octets("02 00*5 0f ff f7"), body));

        assertThat(sent(channel))
                .startsWith(hex(PONG + "02 00*5 0f ff f7"))
                .hasSize(2 * (hex(PONG).length() / 2 + (2 << 20)));
    }

    // ---- the TTL that a peer announces

    @ParameterizedTest
    @ValueSource(strings = {"00 01", "00 1e", "00 ff", "80 00", "ff ff"})
    void closesAPeerOfWhichNothingComesWithinItsTtl(String ttl) {
        int millis = 100 * Integer.parseInt(ttl.replace(" ", ""), 16);
        open(ZmtpHeartbeat.OFF, 0);
        receive(channel, "04 07 04 50 49 4e 47" + ttl);

        elapse(millis - 50);
        assertThat(channel.isActive()).isTrue();
        elapse(millis / 4 + 300);

        assertThat(application.events).containsExactly("complete DEALER", "violation TTL_EXPIRED", "inactive");
    }

    @Test
    void anyOctetEndsTheWaitOfATtl() {
        open(ZmtpHeartbeat.OFF, 1);
        receive(channel, PING + "02 00 00 00 00 00 0f 00 00");

        for (int octet = 0; octet < 50; octet++) {
            elapse(2900);
            receive(channel, "00");
        }

        assertThat(channel.isActive()).isTrue();
    }

    @Test
    void aLaterPingMayHaveNoTtl() {
        open(ZmtpHeartbeat.OFF, 1);
        receive(channel, PING + NO_TTL);

        elapse(5 * MINUTE);

        assertThat(channel.isActive()).isTrue();
    }

    @Test
    void aTtlDoesNotRunWhileThePeerIsNotRead() {
        open(ZmtpHeartbeat.OFF, 1);
        receive(channel, PING);
        channel.config().setAutoRead(false);
        elapse(5 * MINUTE);
        channel.config().setAutoRead(true);
        elapse(2900);
        assertThat(channel.isActive()).isTrue();

        elapse(2000);
        assertThat(application.events).endsWith("violation TTL_EXPIRED", "inactive");
    }

    // ---- signs of life for those that are not read

    @Test
    void sendsPongsToAPeerThatPingsWhileReadingIsPaused() {
        open(ZmtpHeartbeat.OFF, 0);
        receive(channel, NO_TTL);
        elapse(4_000);
        receive(channel, NO_TTL);
        elapse(4_000);
        receive(channel, NO_TTL);
        assertThat(sent(channel)).isEqualTo(hex(PONG.repeat(3)));

        channel.config().setAutoRead(false);
        for (int interval = 0; interval < 10; interval++) {
            elapse(4_000);
            assertThat(sent(channel)).isIn(hex(PONG), hex(PONG.repeat(2)));
        }
        channel.config().setAutoRead(true);
        elapse(60_000);

        assertThat(sent(channel)).isEmpty();
    }

    /** A PING of it would have to be answered within half a second. */
    @Test
    void sendsPongsToAPeerThatWasNeverReadOftenEnoughForPingsOfHalfASecond() {
        open(ZmtpHeartbeat.OFF, 1);
        channel.config().setAutoRead(false);

        for (int turn = 0; turn < 100; turn++) {
            elapse(400);
            assertThat(sent(channel)).isIn(hex(PONG), hex(PONG.repeat(2)));
        }
    }

    @Test
    void givesFewerSignsOfLifeToAPeerThatSentNoPingWhenItWasRead() {
        open(TEN_AND_THIRTY, 1);
        for (int octet = 0; octet < 10; octet++) {
            receive(channel, "00 00");
            elapse(2 * SECOND);
        }
        sent(channel);

        channel.config().setAutoRead(false);
        elapse(MINUTE);

        assertThat(sent(channel)).isIn(hex(PONG.repeat(11)), hex(PONG.repeat(12)));
    }

    @Test
    void sendsNoPongsToAPausedPeerOfZmtp30ThatNeverPinged() {
        open(TEN_AND_THIRTY, 0);
        channel.config().setAutoRead(false);

        elapse(60_000);

        assertThat(sent(channel)).isEmpty();
        assertThat(channel.runScheduledPendingTasks()).isEqualTo(-1);
    }

    @Test
    void sendsNothingThatCouldNotBeWritten() {
        open(TEN_AND_THIRTY, 1);
        channel.config().setWriteBufferWaterMark(new WriteBufferWaterMark(10, 20));
        channel.write(Hex.buffer("00 1c 61*28"));
        elapse(35_000);
        channel.config().setAutoRead(false);
        elapse(60_000);
        channel.flush();

        assertThat(sent(channel)).isEqualTo(hex("00 1c 61*28"));
    }

    // ---- timers

    @Test
    void hasNoTimerLeftWhenTheConnectionHasEnded() {
        open(TEN_AND_THIRTY, 1);
        receive(channel, PING);

        channel.finishAndReleaseAll();

        assertThat(channel.runScheduledPendingTasks()).isEqualTo(-1);
    }

    private void open(ZmtpHeartbeat heartbeat, int minorVersion) {
        open(channel, application, heartbeat, minorVersion);
    }

    private static void open(SlowChannel channel, Application application, ZmtpHeartbeat heartbeat, int minorVersion) {
        ZmtpPipeline.accepting(ZmtpOptions.builder(SocketType.ROUTER)
                        .heartbeat(heartbeat)
                        .build())
                .install(channel.pipeline());
        channel.pipeline().addLast(application);
        String greeting = Wire.GREETING.replace("03 01", "03 0" + minorVersion);
        receive(channel, greeting + Wire.READY_DEALER);
        sent(channel);
    }

    private void elapse(int millis) {
        elapse(channel, millis);
    }

    /** Lets time pass in small steps, as it does. */
    private static void elapse(SlowChannel channel, int millis) {
        for (int passed = 0; passed < millis; passed += STEP) {
            channel.advanceTimeBy(STEP, TimeUnit.MILLISECONDS);
            channel.runScheduledPendingTasks();
        }
    }
}
