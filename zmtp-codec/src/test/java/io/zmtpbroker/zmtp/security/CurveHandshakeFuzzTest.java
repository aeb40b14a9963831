package io.zmtpbroker.zmtp.security;

import static io.zmtpbroker.zmtp.security.Conversation.command;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.zmtpbroker.zmtp.SocketType;
import io.zmtpbroker.zmtp.ZmtpRole;
import io.zmtpbroker.zmtp.security.nacl.Nacl;
import io.zmtpbroker.zmtp.security.nacl.NaclBox;
import io.zmtpbroker.zmtp.testing.FuzzInput;
import io.zmtpbroker.zmtp.testing.Hex;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Handshakes of CURVE at both ends: what a stranger may send, what is changed on its way, and what a peer with keys may box. */
class CurveHandshakeFuzzTest {
    private static final int GREETING_LENGTH = 64;
    private static final int KEY_AND_VOUCH_LENGTH = 128;
    private static final CurveCrypto CRYPTO = new CurveCrypto(Nacl.bouncyCastle(), new SecureRandom());

    /** What a client says to the server of the vectors, and a server to the client. */
    private static final List<String> CLIENT =
            List.of(CurveVectors.GREETING_OF_CLIENT, CurveVectors.HELLO, CurveVectors.INITIATE);

    private static final List<String> SERVER =
            List.of(CurveVectors.GREETING_OF_SERVER, CurveVectors.WELCOME, CurveVectors.READY);

    static Stream<byte[]> seeds() {
        String dealer = "0b" + Hex.ofText("Socket-Type") + "00*3 06" + Hex.ofText("DEALER");
        return Stream.of(
                        "00 00 00 03",
                        "10 01 00 03",
                        "07 00 00 01 " + CurveVectors.HELLO,
                        "00 00 01 00 41 01",
                        "00 01 01 00 45 80",
                        "01 00 02 00 " + dealer,
                        "01 00 02 01 55*140",
                        "05 01 02 00 " + dealer.replace(Hex.ofText("DEALER"), Hex.ofText("ROUTER")),
                        "05 01 02 01 " + CurveVectors.SERVER_SHORT_KEY + "00*96",
                        "00 01 00 01 " + command("ERROR", "03" + Hex.ofText("400")))
                .map(Hex::octets);
    }

    @MethodSource("seeds")
    @FuzzTest
    void shakeHands(byte[] data) {
        FuzzInput input = new FuzzInput(data);
        int way = input.choose(256);
        boolean server = !input.flag();
        List<String> valid = server ? CLIENT : SERVER;
        switch (input.choose(3)) {
            case 0 -> run(server, way, join(octets(valid.subList(0, input.choose(4))), input.rest()));
            case 1 -> runEdited(server, way, octets(valid), input);
            default -> run(server, way, server ? boxedByClient(input) : boxedByServer(input));
        }
    }

    /** Nothing behind the greeting may be other than the peer has sent it. */
    private static void runEdited(boolean server, int way, byte[] valid, FuzzInput input) {
        byte[] edited = valid.clone();
        while (!input.isEmpty()) {
            int at = (input.choose(256) << 8 | input.choose(256)) % edited.length;
            edited[at] ^= (byte) input.choose(256);
        }
        HandshakeRun.Outcome outcome = run(server, way, edited);

        boolean same = Arrays.equals(valid, GREETING_LENGTH, valid.length, edited, GREETING_LENGTH, edited.length);
        assertThat(outcome.peer() == null || same).isTrue();
    }

    private static HandshakeRun.Outcome run(boolean server, int way, byte[] octets) {
        ZmtpLocalEnd local = server
                ? CurveVectors.end(ZmtpRole.ACCEPTING, SocketType.ROUTER)
                : CurveVectors.end(ZmtpRole.CONNECTING, SocketType.DEALER);
        return HandshakeRun.whole(
                way,
                octets,
                local,
                run -> server
                        ? CurveVectors.server(run.answering(ZmtpAuthenticator.anyCurveKey()), run.nacl())
                        : CurveVectors.client(run.nacl()));
    }

    /** INITIATE with properties of the fuzzer, or with everything that is boxed. */
    private static byte[] boxedByClient(FuzzInput input) {
        try (NaclBox session = session()) {
            byte[] nonce = CurveNonce.of(CurveNonce.INITIATE, 2);
            byte[] text = CurveCrypto.open(session, nonce, Hex.octets(CurveVectors.INITIATE_BOX), "the vector");
            boolean everything = input.flag();
            byte[] front = everything ? new byte[0] : Arrays.copyOf(text, KEY_AND_VOUCH_LENGTH);
            byte[] sealed = CurveCrypto.seal(session, nonce, join(front, input.rest()));
            return join(
                    octets(CLIENT.subList(0, 2)),
                    Hex.octets(command("INITIATE", CurveVectors.COOKIE + "00*7 02" + Hex.of(sealed))));
        }
    }

    /** READY with properties of the fuzzer, or WELCOME with keys and cookie of the fuzzer. */
    private static byte[] boxedByServer(FuzzInput input) {
        byte[] greeting = octets(SERVER.subList(0, 1));
        if (!input.flag()) {
            try (NaclBox session = session()) {
                byte[] sealed = CurveCrypto.seal(session, CurveNonce.of(CurveNonce.READY, 1), input.rest());
                return join(octets(SERVER.subList(0, 2)), Hex.octets(command("READY", "00*7 01" + Hex.of(sealed))));
            }
        }
        try (NaclBox box = CRYPTO.agree(Hex.octets(CurveVectors.CLIENT_SHORT_KEY), Hex.octets("01*32"))) {
            byte[] nonce = CurveNonce.of(CurveNonce.WELCOME, Hex.octets("06*16"));
            byte[] sealed = CurveCrypto.seal(box, nonce, input.rest());
            return join(greeting, Hex.octets(command("WELCOME", "06*16 " + Hex.of(sealed))));
        }
    }

    /** Between the short-term keys of the vectors; c' is 03*32. */
    private static NaclBox session() {
        return CRYPTO.agree(Hex.octets(CurveVectors.SERVER_SHORT_KEY), Hex.octets("03*32"));
    }

    private static byte[] octets(List<String> steps) {
        return Hex.octets(String.join("", steps));
    }

    private static byte[] join(byte[]... parts) {
        return CurveCrypto.join(parts);
    }
}
