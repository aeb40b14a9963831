package io.zmtpbroker.zmtp.handler;

import static io.zmtpbroker.zmtp.handler.HeartbeatScene.MINUTE;
import static io.zmtpbroker.zmtp.handler.HeartbeatScene.NO_TTL;
import static io.zmtpbroker.zmtp.handler.HeartbeatScene.OUR_PING;
import static io.zmtpbroker.zmtp.handler.HeartbeatScene.SECOND;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How long either side may be silent, as PINGs announce it. */
@ExtendWith(LeakCheck.class)
@SuppressWarnings("FutureReturnValueIgnored") // what was written is looked at itself
class HeartbeatTtlTest {
    private final HeartbeatScene scene = new HeartbeatScene();
    private final Application application = scene.application;
    private final SlowChannel channel = scene.channel;

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
    }

    // ---- the TTL that we announce

    /** For libzmq only whole frames end the wait of a TTL. */
    @Test
    void aTtlDoesNotRunWhileAPeerIsSentALongMessage() {
        scene.open(TEN_AND_THIRTY, 1);
        scene.elapse(11 * SECOND);
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
        scene.open(ZmtpHeartbeat.OFF, 0);
        receive(channel, "04 07 04 50 49 4e 47" + ttl);

        scene.elapse(millis - 50);
        assertThat(channel.isActive()).isTrue();
        scene.elapse(millis / 4 + 300);

        assertThat(application.events).containsExactly("complete DEALER", "violation TTL_EXPIRED", "inactive");
    }

    @Test
    void anyOctetEndsTheWaitOfATtl() {
        scene.open(ZmtpHeartbeat.OFF, 1);
        receive(channel, PING + "02 00 00 00 00 00 0f 00 00");

        for (int octet = 0; octet < 50; octet++) {
            scene.elapse(2900);
            receive(channel, "00");
        }

        assertThat(channel.isActive()).isTrue();
    }

    @Test
    void aLaterPingMayHaveNoTtl() {
        scene.open(ZmtpHeartbeat.OFF, 1);
        receive(channel, PING + NO_TTL);

        scene.elapse(5 * MINUTE);

        assertThat(channel.isActive()).isTrue();
    }

    @Test
    void aTtlDoesNotRunWhileThePeerIsNotRead() {
        scene.open(ZmtpHeartbeat.OFF, 1);
        receive(channel, PING);
        channel.config().setAutoRead(false);
        scene.elapse(5 * MINUTE);
        channel.config().setAutoRead(true);
        scene.elapse(2900);
        assertThat(channel.isActive()).isTrue();

        scene.elapse(2000);
        assertThat(application.events).endsWith("violation TTL_EXPIRED", "inactive");
    }
}
