package io.zmtpbroker.zmtp.handler;

import static io.zmtpbroker.zmtp.handler.HeartbeatScene.MINUTE;
import static io.zmtpbroker.zmtp.handler.HeartbeatScene.NO_TTL;
import static io.zmtpbroker.zmtp.handler.HeartbeatScene.SECOND;
import static io.zmtpbroker.zmtp.handler.HeartbeatScene.TEN_AND_THIRTY;
import static io.zmtpbroker.zmtp.handler.Wire.PONG;
import static io.zmtpbroker.zmtp.handler.Wire.hex;
import static io.zmtpbroker.zmtp.handler.Wire.receive;
import static io.zmtpbroker.zmtp.handler.Wire.sent;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.WriteBufferWaterMark;
import io.zmtpbroker.zmtp.ZmtpHeartbeat;
import io.zmtpbroker.zmtp.testing.Hex;
import io.zmtpbroker.zmtp.testing.LeakCheck;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What peers are given while they are not read. */
@ExtendWith(LeakCheck.class)
@SuppressWarnings("FutureReturnValueIgnored") // what was written is looked at itself
class SignsOfLifeTest {
    private final HeartbeatScene scene = new HeartbeatScene();
    private final SlowChannel channel = scene.channel;

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
    }

    @Test
    void sendsPongsToAPeerThatPingsWhileReadingIsPaused() {
        scene.open(ZmtpHeartbeat.OFF, 0);
        receive(channel, NO_TTL);
        scene.elapse(4_000);
        receive(channel, NO_TTL);
        scene.elapse(4_000);
        receive(channel, NO_TTL);
        assertThat(sent(channel)).isEqualTo(hex(PONG.repeat(3)));

        channel.config().setAutoRead(false);
        for (int interval = 0; interval < 10; interval++) {
            scene.elapse(4_000);
            assertThat(sent(channel)).isIn(hex(PONG), hex(PONG.repeat(2)));
        }
        channel.config().setAutoRead(true);
        scene.elapse(60_000);

        assertThat(sent(channel)).isEmpty();
    }

    /** A PING of it would have to be answered within half a second. */
    @Test
    void sendsPongsToAPeerThatWasNeverReadOftenEnoughForPingsOfHalfASecond() {
        scene.open(ZmtpHeartbeat.OFF, 1);
        channel.config().setAutoRead(false);

        for (int turn = 0; turn < 100; turn++) {
            scene.elapse(400);
            assertThat(sent(channel)).isIn(hex(PONG), hex(PONG.repeat(2)));
        }
    }

    @Test
    void givesFewerSignsOfLifeToAPeerThatSentNoPingWhenItWasRead() {
        scene.open(TEN_AND_THIRTY, 1);
        for (int octet = 0; octet < 10; octet++) {
            receive(channel, "00 00");
            scene.elapse(2 * SECOND);
        }
        sent(channel);

        channel.config().setAutoRead(false);
        scene.elapse(MINUTE);

        assertThat(sent(channel)).isIn(hex(PONG.repeat(11)), hex(PONG.repeat(12)));
    }

    @Test
    void sendsNoPongsToAPausedPeerOfZmtp30ThatNeverPinged() {
        scene.open(TEN_AND_THIRTY, 0);
        channel.config().setAutoRead(false);

        scene.elapse(60_000);

        assertThat(sent(channel)).isEmpty();
        assertThat(channel.runScheduledPendingTasks()).isEqualTo(-1);
    }

    @Test
    void sendsNothingThatCouldNotBeWritten() {
        scene.open(TEN_AND_THIRTY, 1);
        channel.config().setWriteBufferWaterMark(new WriteBufferWaterMark(10, 20));
        channel.write(Hex.buffer("00 1c 61*28"));
        scene.elapse(35_000);
        channel.config().setAutoRead(false);
        scene.elapse(60_000);
        channel.flush();

        assertThat(sent(channel)).isEqualTo(hex("00 1c 61*28"));
    }
}
