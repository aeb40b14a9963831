package io.zmtpbroker.zmtp.handler;

import static io.zmtpbroker.zmtp.handler.Wire.receive;
import static io.zmtpbroker.zmtp.handler.Wire.sent;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.embedded.EmbeddedChannel;
import io.zmtpbroker.zmtp.SocketType;
import io.zmtpbroker.zmtp.ZmtpLimits;
import io.zmtpbroker.zmtp.security.ZmtpAuthenticationAnswer;
import io.zmtpbroker.zmtp.security.ZmtpMechanisms;
import io.zmtpbroker.zmtp.testing.Hex;
import io.zmtpbroker.zmtp.testing.LeakCheck;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a peer may do to one connection, at the edges. */
@ExtendWith(LeakCheck.class)
class HandlerLimitsTest {
    private static final String UNKNOWN = "04 02 01 58 ";
    private static final String HELLO = "04 0a 05 48 45 4c 4c 4f 01 61 01 62 ";
    private static final String INITIATE =
            "04 1f 08 49 4e 49 54 49 41 54 45 0b " + "53 6f 63 6b 65 74 2d 54 79 70 65 00 00 00 06 44 45 41 4c 45 52 ";

    private final Application application = new Application();
    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final List<String> delivered = new ArrayList<>();
    private final List<Long> held = new ArrayList<>();

    @BeforeEach
    void freeze() {
        channel.freezeTime();
    }

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
    }

    @Test
    void allowsSoManyUnknownCommandsInASecond() {
        open(ZmtpLimits.DEFAULT.withMaxIgnoredCommandsPerSecond(5));

        receive(channel, UNKNOWN.repeat(4));
        assertThat(channel.isOpen()).isTrue();
        receive(channel, UNKNOWN);
        assertThat(channel.isOpen()).isTrue();
        receive(channel, UNKNOWN);

        assertThat(channel.isOpen()).isFalse();
        assertThat(application.events).contains("violation TOO_MANY_COMMANDS");
    }

    @Test
    void allowsAsManyInTheNextSecond() {
        open(ZmtpLimits.DEFAULT.withMaxIgnoredCommandsPerSecond(5));
        receive(channel, UNKNOWN.repeat(5));

        channel.advanceTimeBy(999, TimeUnit.MILLISECONDS);
        channel.advanceTimeBy(1, TimeUnit.MILLISECONDS);
        receive(channel, UNKNOWN.repeat(5));

        assertThat(channel.isOpen()).isTrue();
        channel.advanceTimeBy(999, TimeUnit.MILLISECONDS);
        receive(channel, UNKNOWN);
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void doesNotCountPings() {
        open(ZmtpLimits.DEFAULT.withMaxIgnoredCommandsPerSecond(1));

        receive(channel, Wire.PING.repeat(1000));

        assertThat(channel.isOpen()).isTrue();
    }

    @Test
    void givesAHandshakeItsTimeAndNoMoreHoweverItDribbles() {
        ZmtpLimits limits = ZmtpLimits.DEFAULT.withHandshakeTimeout(Duration.ofMillis(100));
        install(ZmtpOptions.builder(SocketType.ROUTER).limits(limits));
        byte[] peer = Hex.octets(Wire.GREETING + Wire.READY_DEALER);

        for (int millis = 1; millis <= 99; millis++) {
            channel.writeInbound(Hex.buffer(new byte[] {peer[millis - 1]}));
            channel.advanceTimeBy(1, TimeUnit.MILLISECONDS);
            channel.runScheduledPendingTasks();
        }
        assertThat(channel.isOpen()).as("a millisecond before").isTrue();
        channel.advanceTimeBy(1, TimeUnit.MILLISECONDS);
        channel.runScheduledPendingTasks();

        assertThat(channel.isOpen()).isFalse();
        assertThat(application.events).contains("violation HANDSHAKE_TIMEOUT");
    }

    @Test
    void asksItsGuardBeforeItDoesWorkAndClosesWithoutAWord() {
        List<Object> asked = new ArrayList<>();
        install(ZmtpOptions.builder(SocketType.ROUTER)
                .mechanism(ZmtpMechanisms.plainServer(request -> {
                    asked.add("authenticator");
                    return CompletableFuture.completedFuture(ZmtpAuthenticationAnswer.success("nobody"));
                }))
                .handshakeGuard(of -> {
                    asked.add(of);
                    return false;
                }));
        receive(channel, Wire.GREETING_PLAIN);
        assertThat(asked).isEmpty();
        sent(channel);

        receive(channel, HELLO);

        assertThat(asked).containsExactly(channel);
        assertThat(sent(channel)).isEmpty();
        assertThat(channel.isOpen()).isFalse();
        assertThat(application.events).contains("violation HANDSHAKE_RATE");
    }

    @Test
    void putsEachStepOffAsItsGuardWants() {
        Queue<Runnable> steps = new ArrayDeque<>();
        install(ZmtpOptions.builder(SocketType.ROUTER)
                .mechanism(ZmtpMechanisms.plainServer(
                        request -> CompletableFuture.completedFuture(ZmtpAuthenticationAnswer.success("nobody"))))
                .handshakeGuard(puttingOff(steps)));
        receive(channel, Wire.GREETING_PLAIN);
        sent(channel);

        receive(channel, HELLO);
        assertThat(sent(channel)).as("put off").isEmpty();
        assertThat(steps).hasSize(1);
        steps.remove().run();
        channel.runPendingTasks();

        assertThat(sent(channel)).as("WELCOME").isNotEmpty();
        receive(channel, INITIATE);
        assertThat(application.events).as("put off again").isEmpty();
        steps.remove().run();

        assertThat(application.events).containsExactly("complete DEALER");
        assertThat(steps).isEmpty();
    }

    @Test
    void doesNoStepForAConnectionThatHasEnded() {
        Queue<Runnable> steps = new ArrayDeque<>();
        install(ZmtpOptions.builder(SocketType.ROUTER)
                .mechanism(ZmtpMechanisms.plainServer(request -> {
                    throw new AssertionError("nobody is there");
                }))
                .handshakeGuard(puttingOff(steps)));
        receive(channel, Wire.GREETING_PLAIN);
        receive(channel, HELLO);

        channel.close();
        steps.remove().run();

        assertThat(application.events).doesNotContain("complete DEALER");
    }

    private static ZmtpHandshakeGuard puttingOff(Queue<Runnable> steps) {
        return new ZmtpHandshakeGuard() {
            @Override
            public boolean admits(Channel of) {
                return true;
            }

            @Override
            public boolean mayStepNow(Channel of, Runnable step) {
                steps.add(step);
                return false;
            }
        };
    }

    @Test
    void doesNotAskItsGuardForWhatIsNoWork() {
        install(ZmtpOptions.builder(SocketType.ROUTER).handshakeGuard(of -> false));

        receive(channel, Wire.GREETING + Wire.READY_DEALER);

        assertThat(application.events).containsExactly("complete DEALER");
    }

    @Test
    void deliversNothingWhilePausedAndAllOfItAfterwards() {
        open(ZmtpLimits.DEFAULT);
        ZmtpMessageHandler handler = channel.pipeline().get(ZmtpMessageHandler.class);
        handler.pause();

        receive(channel, "00 01 61 | 00 01 62");
        assertThat(delivered).isEmpty();
        assertThat(handler.keepsInput()).isTrue();
        handler.resume();

        assertThat(delivered).containsExactly("000161", "000162");
        assertThat(handler.keepsInput()).isFalse();
    }

    @Test
    void deliversWhatCameBeforeTheEndAlsoWhenItIsPaused() {
        open(ZmtpLimits.DEFAULT);
        channel.pipeline().get(ZmtpMessageHandler.class).pause();
        receive(channel, "00 01 61 | 00 01 62");

        channel.pipeline().fireChannelInactive();

        assertThat(delivered).containsExactly("000161", "000162");
    }

    @Test
    void tellsWhatItHolds() {
        open(ZmtpLimits.DEFAULT);

        receive(channel, "00 01 61");
        assertThat(held).isEmpty();
        receive(channel, "00 05 61 62");
        assertThat(held).hasSize(1);
        assertThat(held.get(0)).isPositive();
        receive(channel, "63 64 65");
        assertThat(held).hasSize(2).endsWith(0L);
        channel.pipeline().get(ZmtpMessageHandler.class).pause();
        receive(channel, "00 01 61");
        assertThat(held).hasSize(3);

        channel.pipeline().get(ZmtpMessageHandler.class).resume();
        assertThat(held).hasSize(4).endsWith(0L);
    }

    @Test
    void tellsWhatItHoldsOfAHandshake() {
        install(ZmtpOptions.builder(SocketType.ROUTER));

        receive(channel, Wire.GREETING + "06 00*6 ff ff 05 52 45 41 44 59");
        assertThat(held).hasSize(1);
        assertThat(held.get(0)).isPositive();
    }

    private void open(ZmtpLimits limits) {
        install(ZmtpOptions.builder(SocketType.ROUTER).limits(limits));
        receive(channel, Wire.GREETING + Wire.READY_DEALER);
        sent(channel);
    }

    private void install(ZmtpOptions.Builder options) {
        ZmtpPipeline.accepting(options.build()).install(channel.pipeline(), new ZmtpMessageListener() {
            @Override
            public void onMessage(ByteBuf message) {
                delivered.add(Hex.of(message));
            }

            @Override
            public void onHeld(long octets) {
                held.add(octets);
            }
        });
        channel.pipeline().addLast(application);
        channel.pipeline().fireChannelActive();
        channel.runPendingTasks();
    }
}
