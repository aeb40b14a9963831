package io.zmtpbroker.zmtp.handler;

import static io.zmtpbroker.zmtp.handler.Wire.hex;
import static io.zmtpbroker.zmtp.handler.Wire.receive;
import static io.zmtpbroker.zmtp.handler.Wire.sent;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.channel.embedded.EmbeddedChannel;
import io.zmtpbroker.zmtp.Metadata;
import io.zmtpbroker.zmtp.SocketType;
import io.zmtpbroker.zmtp.ZmtpProtocolException;
import io.zmtpbroker.zmtp.ZmtpViolation;
import io.zmtpbroker.zmtp.security.ZmtpLocalEnd;
import io.zmtpbroker.zmtp.security.ZmtpMechanism;
import io.zmtpbroker.zmtp.security.ZmtpMechanismPort;
import io.zmtpbroker.zmtp.testing.Hex;
import io.zmtpbroker.zmtp.testing.LeakCheck;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A mechanism that asks an authenticator, as PLAIN and CURVE do. */
@ExtendWith(LeakCheck.class)
class AwaitingMechanismTest {
    private static final String GREETING = Wire.SIGNATURE + "03 01 41 53 4b 00*17 00*32 ";
    private static final String HELLO = "04 06 05 48 45 4c 4c 4f ";

    private final CompletableFuture<Boolean> answer = new CompletableFuture<>();
    private final Application application = new Application();
    private final EmbeddedChannel channel = new EmbeddedChannel();

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
    }

    @Test
    void goesOnWhenTheAnswerComes() {
        open();
        receive(channel, GREETING + HELLO + "00 01 61");
        assertThat(application.events).isEmpty();
        sent(channel);

        answer.complete(true);
        channel.runPendingTasks();

        assertThat(sent(channel)).isEqualTo(hex(Wire.PONG));
        assertThat(application.events).containsExactly("complete PUSH", "message 000161");
    }

    @Test
    void goesOnWhenTheAnswerIsThereAlready() {
        open();
        answer.complete(true);

        receive(channel, GREETING + HELLO + "00 01 61");

        assertThat(application.events).containsExactly("complete PUSH", "message 000161");
    }

    @Test
    void closesWhenTheAnswerIsNo() {
        open();
        receive(channel, GREETING + HELLO);

        answer.complete(false);
        channel.runPendingTasks();

        assertThat(application.events).containsExactly("violation PEER_ERROR", "inactive");
    }

    @Test
    void closesWhenThereIsNoAnswer() {
        open();
        receive(channel, GREETING + HELLO);

        answer.completeExceptionally(new IllegalStateException("out of order"));
        channel.runPendingTasks();

        assertThat(application.events).containsExactly("exception out of order", "inactive");
    }

    @Test
    void closesWhenTheNextStepMeetsAnError() {
        open();
        receive(channel, GREETING + HELLO);

        answer.completeExceptionally(new AssertionError("a bug"));
        channel.runPendingTasks();

        assertThat(application.events).containsExactly("exception a bug", "inactive");
    }

    @Test
    void countsTheWaitAgainstTheTimeLimitAndDropsALateAnswer() {
        channel.freezeTime();
        open();
        receive(channel, GREETING + HELLO + "00 01 61");

        channel.advanceTimeBy(30, TimeUnit.SECONDS);
        channel.runScheduledPendingTasks();
        answer.complete(true);
        channel.runPendingTasks();

        assertThat(application.events).containsExactly("violation HANDSHAKE_TIMEOUT", "inactive");
    }

    @Test
    void cancelsTheQuestionWhenThePeerHasGone() {
        open();
        receive(channel, GREETING + HELLO);
        assertThat(answer).isNotDone();

        channel.close();

        assertThat(answer).isCancelled();
        assertThat(application.events).containsExactly("inactive");
    }

    @Test
    void cancelsTheQuestionWhenItTakesTooLong() {
        channel.freezeTime();
        open();
        receive(channel, GREETING + HELLO);

        channel.advanceTimeBy(30, TimeUnit.SECONDS);
        channel.runScheduledPendingTasks();

        assertThat(answer).isCancelled();
    }

    private void open() {
        ZmtpPipeline.accepting(ZmtpOptions.builder(SocketType.PULL)
                        .mechanism(local -> new Asking(local, answer))
                        .build())
                .install(channel.pipeline());
        channel.pipeline().addLast(application);
    }

    private record Asking(ZmtpLocalEnd local, CompletableFuture<Boolean> answer) implements ZmtpMechanism {
        @Override
        public String name() {
            return "ASK";
        }

        @Override
        public boolean asServer() {
            return true;
        }

        @Override
        public void onGreeting(int peerMinorVersion, ZmtpMechanismPort port) {}

        @Override
        public void onCommand(ByteBuf body, ZmtpMechanismPort port) {
            port.await(answer, (yes, failure) -> {
                if (failure instanceof Error error) {
                    throw error;
                }
                if (failure != null) {
                    throw new IllegalStateException(failure.getMessage());
                }
                if (yes == null || !yes) {
                    throw new ZmtpProtocolException(ZmtpViolation.PEER_ERROR, "not allowed");
                }
                port.send(Hex.buffer(Wire.PONG)); // stands for the command that would end such a handshake
                port.complete(local.admit(1, Metadata.EMPTY));
            });
        }
    }
}
