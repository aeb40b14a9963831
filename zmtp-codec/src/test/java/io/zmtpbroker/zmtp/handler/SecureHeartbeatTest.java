package io.zmtpbroker.zmtp.handler;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.channel.embedded.EmbeddedChannel;
import io.zmtpbroker.zmtp.SocketType;
import io.zmtpbroker.zmtp.ZmtpHeartbeat;
import io.zmtpbroker.zmtp.ZmtpMessage;
import io.zmtpbroker.zmtp.security.CurveKeyPair;
import io.zmtpbroker.zmtp.security.ZmtpAuthenticator;
import io.zmtpbroker.zmtp.security.ZmtpMechanismFactory;
import io.zmtpbroker.zmtp.security.ZmtpMechanisms;
import io.zmtpbroker.zmtp.testing.LeakCheck;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Heartbeats in the boxes of CURVE: a second between PINGs, and three for an answer. */
@ExtendWith(LeakCheck.class)
class SecureHeartbeatTest {
    private static final ZmtpHeartbeat ONE_AND_THREE =
            ZmtpHeartbeat.every(Duration.ofSeconds(1), Duration.ofSeconds(3));

    private final Application here = new Application();
    private final EmbeddedChannel server = new EmbeddedChannel();
    private final EmbeddedChannel client = new EmbeddedChannel();

    @BeforeEach
    void shakeHands() {
        CurveKeyPair keys = CurveKeyPair.generate();
        server.freezeTime();
        client.freezeTime();
        ZmtpPipeline.accepting(
                        options(ZmtpMechanisms.curveServer(keys, ZmtpAuthenticator.anyCurveKey()), ONE_AND_THREE))
                .install(server.pipeline());
        server.pipeline().addLast(here);
        ZmtpPipeline.connecting(options(
                        ZmtpMechanisms.curveClient(CurveKeyPair.generate(), keys.publicKey()), ZmtpHeartbeat.OFF))
                .install(client.pipeline());
        exchange();
        assertThat(here.events).containsExactly("complete DEALER");
    }

    @AfterEach
    void close() {
        server.finishAndReleaseAll();
        client.finishAndReleaseAll();
    }

    @Test
    void pingsAndPongsGoInBoxes() {
        for (int second = 0; second < 30; second++) {
            elapseSecond();
            exchange();
        }

        assertThat(server.isActive()).isTrue();
        assertThat(client.isActive()).isTrue();
    }

    @Test
    void aPeerThatAnswersNoPingIsClosed() {
        for (int second = 0; second < 6; second++) {
            elapseSecond();
        }

        assertThat(here.events).endsWith("violation HEARTBEAT_TIMEOUT", "inactive");
    }

    @Test
    void octetsOfABoxThatIsNotWholeAreSignsOfLife() {
        client.writeOutbound(ZmtpMessage.of(client.alloc(), new byte[100]));
        ByteBuf box = client.readOutbound();

        while (box.readableBytes() > 1) {
            server.writeInbound(box.readRetainedSlice(1));
            elapseSecond();
        }
        assertThat(here.events).containsExactly("complete DEALER");
        server.writeInbound(box);

        assertThat(here.events).last().asString().startsWith("message 0064");
    }

    private static ZmtpOptions options(ZmtpMechanismFactory mechanism, ZmtpHeartbeat heartbeat) {
        return ZmtpOptions.builder(SocketType.DEALER)
                .mechanism(mechanism)
                .heartbeat(heartbeat)
                .build();
    }

    private void elapseSecond() {
        for (int step = 0; step < 20; step++) {
            server.advanceTimeBy(50, TimeUnit.MILLISECONDS);
            server.runScheduledPendingTasks();
        }
    }

    private void exchange() {
        boolean moved = true;
        while (moved) {
            moved = pass(server, client) || pass(client, server);
        }
    }

    private static boolean pass(EmbeddedChannel from, EmbeddedChannel to) {
        boolean moved = false;
        for (ByteBuf octets = from.readOutbound(); octets != null; octets = from.readOutbound()) {
            to.writeInbound(octets);
            moved = true;
        }
        from.runPendingTasks();
        to.runPendingTasks();
        return moved;
    }
}
