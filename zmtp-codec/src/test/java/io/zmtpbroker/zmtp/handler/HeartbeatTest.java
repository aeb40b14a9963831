package io.zmtpbroker.zmtp.handler;

import static io.zmtpbroker.zmtp.handler.HeartbeatScene.MINUTE;
import static io.zmtpbroker.zmtp.handler.HeartbeatScene.NO_TTL;
import static io.zmtpbroker.zmtp.handler.HeartbeatScene.OUR_PING;
import static io.zmtpbroker.zmtp.handler.HeartbeatScene.SECOND;
import static io.zmtpbroker.zmtp.handler.HeartbeatScene.STEP;
import static io.zmtpbroker.zmtp.handler.HeartbeatScene.TEN_AND_THIRTY;
import static io.zmtpbroker.zmtp.handler.Wire.PING;
import static io.zmtpbroker.zmtp.handler.Wire.PONG;
import static io.zmtpbroker.zmtp.handler.Wire.hex;
import static io.zmtpbroker.zmtp.handler.Wire.receive;
import static io.zmtpbroker.zmtp.handler.Wire.sent;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.zmtpbroker.zmtp.ZmtpHeartbeat;
import io.zmtpbroker.zmtp.testing.Hex;
import io.zmtpbroker.zmtp.testing.LeakCheck;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** PINGs every ten seconds, and thirty for an answer. */
@ExtendWith(LeakCheck.class)
@SuppressWarnings("FutureReturnValueIgnored") // what was written is looked at itself
class HeartbeatTest {
    private final HeartbeatScene scene = new HeartbeatScene();
    private final Application application = scene.application;
    private final SlowChannel channel = scene.channel;

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
    }

    // ---- PINGs

    @Test
    void pingsEveryIntervalWhetherThePeerIsHeardOrNot() {
        scene.open(TEN_AND_THIRTY, 1);

        scene.elapse(SECOND);
        for (int interval = 0; interval < 10; interval++) {
            scene.elapse(8 * SECOND);
            assertThat(sent(channel)).isEmpty();
            receive(channel, interval % 2 == 0 ? PONG : "00 01 61");
            scene.elapse(2 * SECOND);
            assertThat(sent(channel)).isEqualTo(OUR_PING);
            receive(channel, PONG);
        }
    }

    @Test
    void pingsAPeerOfZmtp30OnlyWhenItHasSentOneItself() {
        scene.open(TEN_AND_THIRTY, 0);
        scene.elapse(5 * MINUTE);
        assertThat(sent(channel)).isEmpty();
        assertThat(channel.runScheduledPendingTasks()).as("nobody waits").isEqualTo(-1);

        receive(channel, NO_TTL);
        scene.elapse(11 * SECOND);

        assertThat(sent(channel)).isEqualTo(hex(PONG) + OUR_PING);
        scene.elapse(2 * MINUTE);
        assertThat(application.events).containsExactly("complete DEALER", "violation HEARTBEAT_TIMEOUT", "inactive");
    }

    @Test
    void sendsNoPingsWhenItIsOff() {
        scene.open(ZmtpHeartbeat.OFF, 1);
        receive(channel, NO_TTL);
        sent(channel);

        scene.elapse(10 * MINUTE);

        assertThat(sent(channel)).isEmpty();
        assertThat(channel.isActive()).isTrue();
    }

    @Test
    void sendsAFewPingsToAPeerThatIsSilent() {
        scene.open(ZmtpHeartbeat.every(Duration.ofSeconds(1), Duration.ofSeconds(30)), 1);

        scene.elapse(25 * SECOND);
        assertThat(sent(channel)).isEqualTo(hex("04 07 04 50 49 4e 47 01 40").repeat(3));
        receive(channel, PONG);
        scene.elapse(1200);

        assertThat(sent(channel)).startsWith(hex("04 07 04 50 49 4e 47 01 40"));
    }

    // ---- silence

    @Test
    void closesAPeerThatIsSilentForTheTimeoutSinceAPingWasDue() {
        scene.open(TEN_AND_THIRTY, 1);

        scene.elapse(39 * SECOND);
        assertThat(channel.isActive()).isTrue();
        scene.elapse(3 * SECOND);

        assertThat(application.events).containsExactly("complete DEALER", "violation HEARTBEAT_TIMEOUT", "inactive");
        assertThat(channel.runScheduledPendingTasks()).isEqualTo(-1);
    }

    @Test
    void anyOctetIsASignOfLife() {
        scene.open(TEN_AND_THIRTY, 1);
        receive(channel, "02 00 00 00 00 00 0f 00 00");

        for (int octet = 0; octet < 50; octet++) {
            scene.elapse(29 * SECOND);
            receive(channel, "00");
        }
        assertThat(channel.isActive()).isTrue();
        scene.elapse(42 * SECOND);

        assertThat(channel.isActive()).isFalse();
    }

    @Test
    void timeInWhichThePeerIsNotReadDoesNotCount() {
        scene.open(TEN_AND_THIRTY, 1);
        scene.elapse(35 * SECOND);

        channel.config().setAutoRead(false);
        scene.elapse(5 * MINUTE);
        channel.config().setAutoRead(true);
        scene.elapse(29 * SECOND);
        assertThat(channel.isActive()).isTrue();

        scene.elapse(13 * SECOND);
        assertThat(channel.isActive()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 20, 38, 39})
    void timeInWhichTheLoopStandsStillDoesNotCount(int secondsBefore) {
        scene.open(TEN_AND_THIRTY, 1);
        scene.elapse(secondsBefore * SECOND);

        channel.advanceTimeBy(10, TimeUnit.MINUTES);
        channel.runScheduledPendingTasks();
        assertThat(channel.isActive()).isTrue();
        receive(channel, PONG); // it was there all the time
        scene.elapse(29 * SECOND);

        assertThat(channel.isActive()).isTrue();
    }

    @Test
    void aDeadPeerIsFoundAlsoByALoopThatIsAlwaysLate() {
        scene.open(TEN_AND_THIRTY, 1);

        for (int turn = 0; turn < 45; turn++) {
            channel.advanceTimeBy(5, TimeUnit.SECONDS);
            channel.runScheduledPendingTasks();
        }

        assertThat(application.events).endsWith("violation HEARTBEAT_TIMEOUT", "inactive");
    }

    @Test
    void aPeerThatTakesALongMessageIsAlive() {
        scene.open(TEN_AND_THIRTY, 1);
        channel.stall();
        channel.writeAndFlush(Unpooled.wrappedBuffer(Hex.octets("02 00*5 01 00 00"), new byte[1 << 16]));

        for (int part = 0; part < 50; part++) {
            scene.elapse(29 * SECOND);
            channel.take(1000);
        }
        assertThat(channel.isActive()).isTrue();
        channel.write(Hex.buffer("00 00")); // more to be sent is no sign of life
        scene.elapse(20 * SECOND);
        channel.write(Hex.buffer("00 00"));
        scene.elapse(22 * SECOND);

        assertThat(application.events).endsWith("violation HEARTBEAT_TIMEOUT", "inactive");
    }

    /** It may have as many messages as it can hold, and read on when its application takes some. */
    @Test
    void aSlowReaderIsSparedWhereThatIsAskedFor() {
        scene.open(TEN_AND_THIRTY.sparingSlowReaders(), 1);
        receive(channel, "00 01 61");
        channel.writeOutbound(Hex.buffer("00 01 62"));

        scene.elapse(10 * MINUTE);
        assertThat(channel.isActive()).isTrue();
        receive(channel, PONG);
        scene.elapse(43 * SECOND);

        assertThat(application.events).endsWith("violation HEARTBEAT_TIMEOUT", "inactive");
    }

    @Test
    void aSlowReaderIsNotSparedElsewhere() {
        scene.open(TEN_AND_THIRTY, 1);
        channel.writeOutbound(Hex.buffer("00 01 62"));

        scene.elapse(43 * SECOND);

        assertThat(channel.isActive()).isFalse();
    }

    @Test
    void whatFailsForOneEndsThatOneOnly() {
        scene.open(TEN_AND_THIRTY, 1);
        channel.breakDown();

        scene.elapse(12 * SECOND);

        assertThat(application.events).containsExactly("complete DEALER", "exception broken", "inactive");
    }

    @Test
    void aPeerThatIsHeardNowAndThenIsNeverClosedAndASilentOneAlways() {
        for (long seed = 0; seed < 20; seed++) {
            liveAndDie(new SplittableRandom(seed));
        }
    }

    private static void liveAndDie(SplittableRandom random) {
        var scene = new HeartbeatScene();
        var application = scene.application;
        var channel = scene.channel;
        int interval = random.nextInt(100, 20_000);
        int timeout = random.nextInt(1000, 40_000);
        scene.open(ZmtpHeartbeat.every(Duration.ofMillis(interval), Duration.ofMillis(timeout)), random.nextInt(2));
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
            scene.elapse(random.nextInt(timeout - STEP));
            assertThat(channel.isActive()).isTrue();
        }
        channel.config().setAutoRead(true);
        scene.elapse(2 * interval + timeout + 3000);

        assertThat(application.events)
                .as("with %s ms and %s ms", interval, timeout)
                .endsWith("violation HEARTBEAT_TIMEOUT", "inactive");
        channel.finishAndReleaseAll();
    }

    // ---- timers

    @Test
    void hasNoTimerLeftWhenTheConnectionHasEnded() {
        scene.open(TEN_AND_THIRTY, 1);
        receive(channel, PING);

        channel.finishAndReleaseAll();

        assertThat(channel.runScheduledPendingTasks()).isEqualTo(-1);
    }
}
