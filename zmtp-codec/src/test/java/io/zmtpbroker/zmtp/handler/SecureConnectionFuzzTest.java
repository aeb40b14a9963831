package io.zmtpbroker.zmtp.handler;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.zmtpbroker.zmtp.SocketType;
import io.zmtpbroker.zmtp.ZmtpLimits;
import io.zmtpbroker.zmtp.security.CurveVectors;
import io.zmtpbroker.zmtp.security.ZmtpAuthenticationAnswer;
import io.zmtpbroker.zmtp.security.ZmtpAuthenticationAnswer.Status;
import io.zmtpbroker.zmtp.security.ZmtpAuthenticationRequest;
import io.zmtpbroker.zmtp.security.ZmtpAuthenticator;
import io.zmtpbroker.zmtp.security.ZmtpCredentials;
import io.zmtpbroker.zmtp.security.ZmtpMechanismFactory;
import io.zmtpbroker.zmtp.security.ZmtpMechanisms;
import io.zmtpbroker.zmtp.security.nacl.Nacl;
import io.zmtpbroker.zmtp.testing.FuzzInput;
import io.zmtpbroker.zmtp.testing.Hex;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A whole connection to a server of PLAIN or CURVE. It comes to the same whether the authenticator answers at once or in another
 * turn, and whichever library computes CURVE; an answer that comes after the end comes to nothing.
 */
class SecureConnectionFuzzTest {
    private static final String HELLO = hello("a");
    private static final String INITIATE =
            "04 2c 08 49 4e 49 54 49 41 54 45 " + Wire.READY_DEALER.substring("04 29 05 52 45 41 44 59 ".length());

    private static final ZmtpLimits LIMITS =
            ZmtpLimits.DEFAULT.withMaxMessageLength(1000).withMaxMessageFrames(8);

    private enum Server {
        PLAIN(Wire.GREETING_PLAIN, HELLO, INITIATE, "00 00") {
            @Override
            ZmtpMechanismFactory mechanism(ZmtpAuthenticator authenticator, Nacl nacl) {
                return ZmtpMechanisms.plainServer(authenticator);
            }
        },
        CURVE(CurveVectors.GREETING_OF_CLIENT, CurveVectors.HELLO, CurveVectors.INITIATE, CurveVectors.CLIENT_MESSAGE) {
            @Override
            ZmtpMechanismFactory mechanism(ZmtpAuthenticator authenticator, Nacl nacl) {
                return CurveVectors.server(authenticator, nacl);
            }
        };

        private final String greeting;
        private final String hello;
        private final String initiate;
        private final String message;

        Server(String greeting, String hello, String initiate, String message) {
            this.greeting = greeting;
            this.hello = hello;
            this.initiate = initiate;
            this.message = message;
        }

        /** What an honest client says. */
        List<String> steps() {
            return List.of(greeting, hello, initiate, message);
        }

        abstract ZmtpMechanismFactory mechanism(ZmtpAuthenticator authenticator, Nacl nacl);

        /** For one connection. */
        ZmtpPipeline pipeline(ZmtpAuthenticator authenticator, Nacl nacl) {
            return ZmtpPipeline.accepting(ZmtpOptions.builder(SocketType.ROUTER)
                    .mechanism(mechanism(authenticator, nacl))
                    .limits(LIMITS)
                    .build());
        }
    }

    static Stream<byte[]> seeds() {
        return Stream.of(
                        "01 00 03 01 00 00 01 61" + Wire.PING,
                        "03 00 01" + hello("t"),
                        "05 00 01" + hello("x") + INITIATE,
                        "07 00 02" + HELLO,
                        "00 00 00" + Wire.GREETING_PLAIN + HELLO + INITIATE + "00 00",
                        "01 01 04" + CurveVectors.CLIENT_MESSAGE,
                        "02 01 03 04 02 01 58",
                        "03 01 02" + CurveVectors.INITIATE + CurveVectors.CLIENT_MESSAGE + "00 00",
                        "09 01 01" + CurveVectors.HELLO + CurveVectors.HELLO,
                        "00 01 00" + Wire.GREETING)
                .map(Hex::octets);
    }

    @MethodSource("seeds")
    @FuzzTest
    void connect(byte[] data) {
        FuzzInput input = new FuzzInput(data);
        int way = input.choose(256);
        Server server = input.flag() ? Server.CURVE : Server.PLAIN;
        List<String> beginning =
                server.steps().subList(0, input.choose(server.steps().size() + 1));
        byte[] octets = Hex.octets(String.join("", beginning) + Hex.of(input.rest()));

        ConnectionRun.Outcome whole = ConnectionRun.of(
                server.pipeline(SecureConnectionFuzzTest::answer, Nacl.bouncyCastle()), List.of(octets));

        Late late = new Late();
        ConnectionRun.of(server.pipeline(late, Nacl.preferred()), FuzzInput.cut(way, octets), late)
                .assertAlike(whole);
        Never never = new Never();
        ConnectionRun.of(server.pipeline(never, Nacl.preferred()), List.of(octets));
        assertThat(never.asked).allMatch(CompletableFuture::isCancelled);
    }

    private static CompletionStage<ZmtpAuthenticationAnswer> answer(ZmtpAuthenticationRequest request) {
        String user = request.credentials() instanceof ZmtpCredentials.Plain plain ? plain.user() : "a";
        return switch (user) {
            case "a" -> CompletableFuture.completedFuture(ZmtpAuthenticationAnswer.success(user));
            case "t" -> CompletableFuture.completedFuture(ZmtpAuthenticationAnswer.refusal(Status.TEMPORARY_ERROR));
            case "x" -> CompletableFuture.failedFuture(new IllegalStateException());
            default ->
                CompletableFuture.completedFuture(ZmtpAuthenticationAnswer.refusal(Status.AUTHENTICATION_FAILURE));
        };
    }

    /** Answers a turn after that in which it was asked. */
    private static final class Late implements ZmtpAuthenticator, BooleanSupplier {
        private final Queue<Runnable> questions = new ArrayDeque<>();
        private int due;

        @Override
        public CompletionStage<ZmtpAuthenticationAnswer> authenticate(ZmtpAuthenticationRequest request) {
            var later = new CompletableFuture<ZmtpAuthenticationAnswer>();
            questions.add(() -> answer(request).whenComplete((answer, failure) -> {
                if (failure == null) {
                    later.complete(answer);
                } else {
                    later.completeExceptionally(failure);
                }
            }));
            return later;
        }

        @Override
        public boolean getAsBoolean() {
            for (; due > 0; due--) {
                questions.remove().run();
            }
            due = questions.size();
            return due > 0;
        }
    }

    /** Is asked, and never answers. */
    private static final class Never implements ZmtpAuthenticator {
        private final List<CompletableFuture<ZmtpAuthenticationAnswer>> asked = new ArrayList<>();

        @Override
        public CompletionStage<ZmtpAuthenticationAnswer> authenticate(ZmtpAuthenticationRequest request) {
            var answer = new CompletableFuture<ZmtpAuthenticationAnswer>();
            asked.add(answer);
            return answer;
        }
    }

    private static String hello(String user) {
        return "04 0a 05 48 45 4c 4c 4f 01 " + Hex.ofText(user) + " 01 62 ";
    }
}
