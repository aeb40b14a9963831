package io.zmtpbroker.zmtp.security;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.zmtpbroker.zmtp.SocketType;
import io.zmtpbroker.zmtp.ZmtpRole;
import io.zmtpbroker.zmtp.testing.FuzzInput;
import io.zmtpbroker.zmtp.testing.Hex;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Handshakes of PLAIN at both ends: nobody gets in who did not say the password. */
class PlainHandshakeFuzzTest {
    private static final byte[] GREETING = Hex.octets("ff 00*7 01 7f 03 01 50 4c 41 49 4e 00*15 00 00*31");
    private static final String TYPE = "0b" + Hex.ofText("Socket-Type") + "00*3 06";
    private static final String HELLO = Conversation.command("HELLO", "05 61 64 6d 69 6e 06" + Hex.ofText("secret"));

    static Stream<byte[]> seeds() {
        return Stream.of(
                        "00 01 00 " + HELLO + Conversation.command("INITIATE", TYPE + Hex.ofText("DEALER")) + "00 00",
                        "07 01 01 " + Conversation.command("WELCOME", "")
                                + Conversation.command("READY", TYPE + Hex.ofText("ROUTER")),
                        "01 01 00 " + Conversation.command("HELLO", "00 00"),
                        "01 01 01 " + Conversation.command("ERROR", "03" + Hex.ofText("400")),
                        "02 00 00 " + Hex.of(GREETING) + HELLO,
                        "00 00 00 ff 00*8 7f 01 05 00 00 00 01 61")
                .map(Hex::octets);
    }

    @MethodSource("seeds")
    @FuzzTest
    void shakeHands(byte[] data) {
        FuzzInput input = new FuzzInput(data);
        int way = input.choose(256);
        byte[] greeting = input.flag() ? GREETING : new byte[0];
        boolean server = !input.flag();
        byte[] fuzzed = input.rest();
        byte[] octets = Arrays.copyOf(greeting, greeting.length + fuzzed.length);
        System.arraycopy(fuzzed, 0, octets, greeting.length, fuzzed.length);

        if (server) {
            boolean[] admitted = new boolean[1];
            HandshakeRun.Outcome outcome = HandshakeRun.whole(
                    way,
                    octets,
                    CurveVectors.end(ZmtpRole.ACCEPTING, SocketType.ROUTER),
                    run -> ZmtpMechanisms.plainServer(run.answering(request -> {
                        admitted[0] = isRight(request.credentials());
                        return CompletableFuture.completedFuture(
                                admitted[0]
                                        ? ZmtpAuthenticationAnswer.success("admin")
                                        : ZmtpAuthenticationAnswer.refusal(
                                                ZmtpAuthenticationAnswer.Status.AUTHENTICATION_FAILURE));
                    })));
            assertThat(outcome.peer() == null || admitted[0]).isTrue();
        } else {
            HandshakeRun.whole(
                    way,
                    octets,
                    CurveVectors.end(ZmtpRole.CONNECTING, SocketType.DEALER),
                    run -> ZmtpMechanisms.plainClient("admin", "secret"));
        }
    }

    private static boolean isRight(ZmtpCredentials credentials) {
        return credentials instanceof ZmtpCredentials.Plain plain
                && plain.user().equals("admin")
                && Arrays.equals(plain.password(), "secret".getBytes(UTF_8));
    }
}
