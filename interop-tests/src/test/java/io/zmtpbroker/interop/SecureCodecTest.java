package io.zmtpbroker.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.zmtpbroker.zmtp.security.CurveKeyPair;
import io.zmtpbroker.zmtp.security.ZmtpAuthenticationAnswer;
import io.zmtpbroker.zmtp.security.ZmtpAuthenticationAnswer.Status;
import io.zmtpbroker.zmtp.security.ZmtpAuthenticationRequest;
import io.zmtpbroker.zmtp.security.ZmtpCredentials;
import io.zmtpbroker.zmtp.security.ZmtpMechanismFactory;
import io.zmtpbroker.zmtp.security.ZmtpMechanisms;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** PLAIN and CURVE of the codec, in both roles, against libzmq and JeroMQ. Every peer sends back what it is sent. */
@SuppressWarnings("try") // a peer does its part by being there
class SecureCodecTest {
    private static final CurveKeyPair SERVER = CurveKeyPair.generate();
    private static final CurveKeyPair CLIENT = CurveKeyPair.generate();
    private static final CurveKeyPair STRANGER = CurveKeyPair.generate();
    private static final String USER = "admin";
    private static final String PASSWORD = "secret";

    private static final List<Message> MESSAGES = List.of(
            Message.of("", "one"),
            Message.of("", "of", "many", "", "frames"),
            Message.of("", "x".repeat(222)),
            Message.of("", "x".repeat(223)),
            Message.ofOctets(new byte[0], random(1 << 20), random(70_000)));

    @ParameterizedTest
    @CsvSource({"LIBZMQ, PLAIN", "LIBZMQ, CURVE", "JEROMQ, PLAIN", "JEROMQ, CURVE"})
    void theCodecIsTheServer(SecurePeer.Library library, String mechanism) {
        try (CodecSocket codec = CodecSocket.listening(server(mechanism));
                SecurePeer peer = library.connect(codec.endpoint(), mechanism, clientArguments(mechanism))) {
            assertThat(codec.receive()).isEqualTo(Message.of("", "hello"));
            assertThat(codec.user()).isEqualTo(USER);
            for (Message message : MESSAGES) {
                codec.send(message);
                assertThat(codec.receive()).isEqualTo(message);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"LIBZMQ, PLAIN", "LIBZMQ, CURVE", "JEROMQ, PLAIN", "JEROMQ, CURVE"})
    void theCodecIsTheClient(SecurePeer.Library library, String mechanism) {
        try (SecurePeer peer = library.bind(mechanism, serverArguments(mechanism));
                CodecSocket codec = CodecSocket.connected(peer.endpoint(), client(mechanism, PASSWORD, SERVER))) {
            assertThat(codec.receive()).isEqualTo(Message.of("", "hello"));
            for (Message message : MESSAGES) {
                codec.send(message);
                assertThat(codec.receive()).isEqualTo(message);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "LIBZMQ, PLAIN, AUTHENTICATION",
        "LIBZMQ, CURVE, AUTHENTICATION",
        "JEROMQ, PLAIN, AUTHENTICATION",
        "JEROMQ, CURVE, AUTHENTICATION"
    })
    void aWrongPasswordOrClientKeyIsRefused(SecurePeer.Library library, String mechanism, String violation) {
        List<String> arguments = mechanism.equals("PLAIN")
                ? List.of(USER, "wrong")
                : List.of(
                        STRANGER.publicKey().z85(),
                        STRANGER.secretKeyZ85(),
                        SERVER.publicKey().z85());
        try (CodecSocket codec = CodecSocket.listening(server(mechanism));
                SecurePeer peer = library.connect(codec.endpoint(), mechanism, arguments)) {
            assertThat(codec.failure()).isEqualTo(violation);
        }
    }

    @ParameterizedTest
    @CsvSource({"LIBZMQ", "JEROMQ"})
    void aPeerThatKnowsTheServerByAnotherKeyIsRefused(SecurePeer.Library library) {
        List<String> arguments = List.of(
                CLIENT.publicKey().z85(),
                CLIENT.secretKeyZ85(),
                STRANGER.publicKey().z85());
        try (CodecSocket codec = CodecSocket.listening(server("CURVE"));
                SecurePeer peer = library.connect(codec.endpoint(), "CURVE", arguments)) {
            assertThat(codec.failure()).isEqualTo("BAD_BOX");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "LIBZMQ, PLAIN, PEER_ERROR",
        "LIBZMQ, CURVE, closed",
        "JEROMQ, PLAIN, PEER_ERROR",
        "JEROMQ, CURVE, PEER_ERROR"
    })
    void aServerRefusesTheCodec(SecurePeer.Library library, String mechanism, String outcome) {
        try (SecurePeer peer = library.bind(mechanism, serverArguments(mechanism));
                CodecSocket codec = CodecSocket.connected(peer.endpoint(), client(mechanism, "wrong", STRANGER))) {
            assertThat(codec.failure()).isEqualTo(outcome);
        }
    }

    private static ZmtpMechanismFactory server(String mechanism) {
        return mechanism.equals("PLAIN")
                ? ZmtpMechanisms.plainServer(SecureCodecTest::judge)
                : ZmtpMechanisms.curveServer(SERVER, SecureCodecTest::judge);
    }

    private static ZmtpMechanismFactory client(String mechanism, String password, CurveKeyPair server) {
        return mechanism.equals("PLAIN")
                ? ZmtpMechanisms.plainClient(USER, password)
                : ZmtpMechanisms.curveClient(CLIENT, server.publicKey());
    }

    private static List<String> serverArguments(String mechanism) {
        return mechanism.equals("PLAIN")
                ? List.of(USER, PASSWORD)
                : List.of(SERVER.publicKey().z85(), SERVER.secretKeyZ85());
    }

    private static List<String> clientArguments(String mechanism) {
        return mechanism.equals("PLAIN")
                ? List.of(USER, PASSWORD)
                : List.of(
                        CLIENT.publicKey().z85(),
                        CLIENT.secretKeyZ85(),
                        SERVER.publicKey().z85());
    }

    private static CompletionStage<ZmtpAuthenticationAnswer> judge(ZmtpAuthenticationRequest request) {
        boolean good = request.credentials() instanceof ZmtpCredentials.Plain plain
                ? plain.user().equals(USER) && new String(plain.password(), StandardCharsets.UTF_8).equals(PASSWORD)
                : request.credentials() instanceof ZmtpCredentials.Curve curve
                        && curve.clientKey().equals(CLIENT.publicKey());
        return CompletableFuture.completedFuture(
                good
                        ? ZmtpAuthenticationAnswer.success(USER)
                        : ZmtpAuthenticationAnswer.refusal(Status.AUTHENTICATION_FAILURE));
    }

    private static byte[] random(int length) {
        byte[] octets = new byte[length];
        new SplittableRandom(length).nextBytes(octets);
        return octets;
    }
}
