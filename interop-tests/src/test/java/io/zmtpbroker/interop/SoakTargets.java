package io.zmtpbroker.interop;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.zmtpbroker.zmtp.security.CurveKeyPair;
import io.zmtpbroker.zmtp.security.CurvePublicKey;
import io.zmtpbroker.zmtp.testing.RawPeer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.zeromq.SocketType;

/**
 * Where bad peers go: ports, and what opens a conversation at the one with CURVE.
 *
 * @param hello a greeting and a good HELLO, which anybody can make who knows the broker's public key
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares them
record SoakTargets(int clients, int workers, int answers, int curve, byte[] hello) {
    private static final int GREETING_LENGTH = 64;
    private static final int MECHANISM = 12;
    private static final int AS_SERVER = 32;
    private static final int COMMAND = 4;

    static SoakTargets of(BrokerProcess broker, CurvePublicKey key) {
        String curve = broker.endpoints("clients").get(1);
        return new SoakTargets(
                broker.clientsPort(),
                broker.workersPort(),
                broker.answersPort(),
                Integer.parseInt(curve.substring(curve.lastIndexOf(':') + 1)),
                recordedHello(key));
    }

    /** What libzmq says to one whom it takes for the broker. */
    private static byte[] recordedHello(CurvePublicKey key) {
        PeerUser somebody = PeerUser.curve(CurveKeyPair.generate(), key);
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Peers peers = PeerLibrary.LIBZMQ.open();
                PeerSocket client = somebody.of(peers)
                        .open(SocketSpec.of(SocketType.REQ, "tcp://127.0.0.1:" + listener.getLocalPort()));
                RawPeer server = RawPeer.accept(listener)) {
            if (!client.send(Message.of("never sent"), Limits.QUIET)) {
                throw new AssertionError("it is not even queued");
            }
            server.send(greeting(true));
            server.octets(GREETING_LENGTH);
            byte[] greeting = greeting(false);
            byte[] hello = RawPeer.frame(COMMAND, server.command());
            byte[] both = new byte[greeting.length + hello.length];
            System.arraycopy(greeting, 0, both, 0, greeting.length);
            System.arraycopy(hello, 0, both, greeting.length, hello.length);
            return both;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] greeting(boolean asServer) {
        byte[] greeting = RawPeer.greeting();
        byte[] mechanism = "CURVE".getBytes(US_ASCII);
        System.arraycopy(mechanism, 0, greeting, MECHANISM, mechanism.length);
        greeting[AS_SERVER] = (byte) (asServer ? 1 : 0);
        return greeting;
    }
}
