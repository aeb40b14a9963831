package io.zmtpbroker.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.zmtpbroker.interop.SecureSetup.Mechanism;
import io.zmtpbroker.zmtp.security.CurveKeyPair;
import io.zmtpbroker.zmtp.security.CurvePublicKey;
import io.zmtpbroker.zmtp.security.ZmtpMechanisms;
import io.zmtpbroker.zmtp.testing.RawPeer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** HELLOs of CURVE that are valid, and cost the broker its cryptography, by the hundred from one address. */
class HandshakeFloodTest {
    private static final int ROUNDS = 5;
    private static final int HELLOS_A_ROUND = 200;

    /** Of the long run; ten seconds' worth may come at once. */
    private static final int RATE = 20;

    /** Fewer than may come at once. */
    private static final int CROWD = 1_500;

    @TempDir
    private Path folder;

    @Test
    void othersShakeHandsBesideAFloodOfValidHellos() throws IOException {
        SecureSetup setup = new SecureSetup(Mechanism.CURVE, folder);
        PeerUser alice = setup.add("alice", SecureSetup.CLIENT);
        PeerUser bob = setup.add("bob", SecureSetup.WORKER);
        byte[] hello = hello(setup.brokerKey());
        try (BrokerProcess broker = BrokerCommand.with(options(setup)).start();
                Peers peers = PeerLibrary.LIBZMQ.open()) {
            long beganNanos = System.nanoTime();
            int welcomed = 0;
            for (int round = 0; round < ROUNDS; round++) {
                for (int i = 0; i < HELLOS_A_ROUND; i++) {
                    welcomed += isWelcome(broker.clientsPort(), hello) ? 1 : 0;
                }
                try (Client client = Client.req(alice.of(peers), broker);
                        Worker worker = new FetchWorker(bob.of(peers), broker)) {
                    roundTrip(client, worker);
                }
            }
            long seconds = (System.nanoTime() - beganNanos) / 1_000_000_000 + 1;

            assertThat(welcomed).isBetween(10 * RATE, (int) (10 + seconds) * RATE);
            broker.stop();
            assertThat(broker.counted("violations.handshake-rate")).isEqualTo(ROUNDS * HELLOS_A_ROUND - welcomed);
            assertThat(broker.counted("requests.answered")).isEqualTo(ROUNDS);
        }
    }

    @Test
    void othersAreServedWhileACrowdShakesHands() throws IOException {
        SecureSetup setup = new SecureSetup(Mechanism.CURVE, folder);
        PeerUser alice = setup.add("alice", SecureSetup.CLIENT);
        PeerUser bob = setup.add("bob", SecureSetup.WORKER);
        byte[] hello = hello(setup.brokerKey());
        List<RawPeer> crowd = new ArrayList<>();
        try (BrokerProcess broker = BrokerCommand.with(setup.options()).start();
                Peers peers = PeerLibrary.LIBZMQ.open();
                Client client = Client.req(alice.of(peers), broker);
                Worker worker = new FetchWorker(bob.of(peers), broker)) {
            roundTrip(client, worker);
            for (int i = 0; i < CROWD; i++) {
                RawPeer peer = RawPeer.silentFromElsewhere(broker.clientsPort());
                peer.send(greeting(false));
                crowd.add(peer);
            }
            crowd.forEach(peer -> peer.octets(greeting(true).length));

            CompletableFuture<Duration> welcomed = CompletableFuture.supplyAsync(() -> shakeHands(crowd, hello));
            Duration slowest = Duration.ZERO;
            while (!welcomed.isDone()) {
                long beganNanos = System.nanoTime();
                roundTrip(client, worker);
                Duration took = Duration.ofNanos(System.nanoTime() - beganNanos);
                slowest = took.compareTo(slowest) > 0 ? took : slowest;
            }

            assertThat(slowest)
                    .as("the slowest, while the crowd took %s", welcomed.join())
                    .isLessThan(welcomed.join().dividedBy(4));
        } finally {
            crowd.forEach(RawPeer::close);
        }
    }

    /** All at once; how long it takes until each is welcome. */
    private static Duration shakeHands(List<RawPeer> crowd, byte[] hello) {
        long beganNanos = System.nanoTime();
        crowd.forEach(peer -> peer.send(hello));
        assertThat(crowd).allMatch(peer -> commandName(peer).equals("WELCOME"));
        return Duration.ofNanos(System.nanoTime() - beganNanos);
    }

    private static void roundTrip(Client client, Worker worker) {
        client.ask(Message.of("question"));
        Worker.Task task = worker.fetch();
        worker.answer(task, Message.of("answer"));
        assertThat(client.answer()).isEqualTo(Message.of("answer"));
    }

    private static String[] options(SecureSetup setup) {
        String[] access = setup.options();
        String[] all = new String[access.length + 2];
        System.arraycopy(access, 0, all, 0, access.length);
        all[access.length] = "--handshake-rate";
        all[access.length + 1] = Integer.toString(RATE);
        return all;
    }

    /** Sends the greeting of a client and its HELLO, as from another machine, and goes when something or the end has come. */
    private static boolean isWelcome(int port, byte[] hello) {
        try (RawPeer peer = RawPeer.silentFromElsewhere(port)) {
            peer.send(greeting(false));
            peer.octets(greeting(true).length);
            peer.send(hello);
            return commandName(peer).equals("WELCOME");
        } catch (UncheckedIOException e) {
            return false; // closed before anything was computed
        }
    }

    private static String commandName(RawPeer peer) {
        byte[] command = peer.command();
        return new String(command, 1, command[0], StandardCharsets.US_ASCII);
    }

    /** The command of a client that knows the broker's key. It depends on nothing else, so it is good for any connection. */
    private static byte[] hello(CurvePublicKey broker) throws IOException {
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                CodecSocket client = CodecSocket.connected(
                        "tcp://127.0.0.1:" + listener.getLocalPort(),
                        ZmtpMechanisms.curveClient(CurveKeyPair.generate(), broker));
                RawPeer server = RawPeer.accept(listener)) {
            server.send(greeting(true));
            server.octets(greeting(true).length);
            byte[] hello = server.command();
            assertThat(client.isWell()).isTrue();
            return RawPeer.frame(4, hello);
        }
    }

    private static byte[] greeting(boolean asServer) {
        byte[] greeting = RawPeer.greeting("CURVE");
        greeting[32] = (byte) (asServer ? 1 : 0);
        return greeting;
    }
}
