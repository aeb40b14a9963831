package io.zmtpbroker.interop;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.zmtpbroker.zmtp.security.CurveKeyPair;
import io.zmtpbroker.zmtp.security.CurvePublicKey;
import io.zmtpbroker.zmtp.testing.RawPeer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Arrays;
import org.zeromq.SocketType;

/**
 * Where bad peers go: ports, and what opens a conversation at the one with CURVE.
 *
 * @param hello a greeting and a good HELLO, which anybody can make who knows the broker's public key
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares them
record SoakTargets(int clients, int workers, int answers, int curve, int plain, byte[] hello) {
    private static final int GREETING_LENGTH = 64;
    private static final int MECHANISM = 12;
    private static final int AS_SERVER = 32;
    private static final int COMMAND = 4;

    static SoakTargets of(BrokerProcess broker, CurvePublicKey key) {
        return new SoakTargets(
                broker.clientsPort(),
                broker.workersPort(),
                broker.answersPort(),
                port(broker.endpoints("clients").get(1)),
                port(broker.endpoints("clients").get(2)),
                recordedHello(key));
    }

    private static int port(String endpoint) {
        return Integer.parseInt(endpoint.substring(endpoint.lastIndexOf(':') + 1));
    }

    /** What a client of PLAIN says. */
    static byte[] plainHello(String user, String password) {
        String hello = "\5HELLO" + (char) user.length() + user + (char) password.length() + password;
        return together(greeting("PLAIN", false), RawPeer.frame(COMMAND, hello.getBytes(US_ASCII)));
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
            server.send(greeting("CURVE", true));
            server.octets(GREETING_LENGTH);
            return together(greeting("CURVE", false), RawPeer.frame(COMMAND, server.command()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] together(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    private static byte[] greeting(String mechanism, boolean asServer) {
        byte[] greeting = RawPeer.greeting();
        byte[] name = mechanism.getBytes(US_ASCII);
        Arrays.fill(greeting, MECHANISM, AS_SERVER, (byte) 0);
        System.arraycopy(name, 0, greeting, MECHANISM, name.length);
        greeting[AS_SERVER] = (byte) (asServer ? 1 : 0);
        return greeting;
    }
}
