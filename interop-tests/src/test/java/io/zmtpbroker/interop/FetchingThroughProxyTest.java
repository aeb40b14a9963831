package io.zmtpbroker.interop;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.zmtpbroker.zmtp.testing.RawPeer;
import java.io.ByteArrayOutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;
import org.zeromq.ZMsg;

/** Workers behind a ROUTER and DEALER proxy, whose fetches carry its envelopes. */
class FetchingThroughProxyTest {
    private static final int WORKERS = 20;
    private static final int CROWD = 12;
    private static final String PING = "0407" + "0450494e47" + "0000";

    /** So many of 15 frames of 255 octets are all that one connection may have kept. */
    private static final int FETCHES = 16;

    private static final byte[] FETCH = fetch();

    /** The room is an eighth of 4 MiB: what eight of the crowd fetch. */
    @Test
    void areServedHoweverManyEnvelopesACrowdOfOthersHasKept() throws InterruptedException {
        try (BrokerProcess broker = BrokerCommand.with(
                                "--max-partial-bytes", "4m", "--workers", "tcp://127.0.0.1:*?service=other")
                        .start();
                Crowd<Integer> proxies = new Crowd<>();
                ZContext context = new ZContext()) {
            List<RawPeer> crowd = crowd(port(broker.endpoints("workers").get(1)));
            try (RawPeer client = RawPeer.connect(broker.clientsPort(), "DEALER");
                    RawPeer answers = RawPeer.connect(broker.answersPort(), "PUSH")) {
                var port = new CompletableFuture<Integer>();
                var allPassedOn = new CountDownLatch(WORKERS);
                proxies.add(() -> proxy(broker.workers(), port, allPassedOn, proxies));
                List<ZMQ.Socket> workers = fetching(context, port.join());
                assertThat(allPassedOn.await(Limits.SOON.toSeconds(), TimeUnit.SECONDS))
                        .isTrue();
                assertThat(client.hearsNothingFor((int) Limits.QUIET.toMillis()))
                        .isTrue(); // and have come

                for (int i = 0; i < WORKERS; i++) {
                    client.sendMessage("", "question");
                }
                for (ZMQ.Socket worker : workers) {
                    byte[] id = worker.recv();
                    assertThat(id).as("the beginning of a task").hasSize(16);
                    assertThat(worker.recvStr()).isEqualTo("question");
                    answers.sendMessage(id, new byte[] {42});
                }
                for (int i = 0; i < WORKERS; i++) {
                    assertThat(client.receive().get(1)).containsExactly(42);
                }
            }
            proxies.stop();
            assertThat(proxies.await(Limits.SOON)).containsExactly(WORKERS);
            crowd.forEach(RawPeer::close);
            broker.stop();
            assertThat(broker.counted("connections.holding")).isPositive();
            assertThat(broker.counted("drops.envelope-too-long")).isZero();
        }
    }

    private static List<RawPeer> crowd(int port) {
        List<RawPeer> crowd = new ArrayList<>();
        for (int i = 0; i < CROWD; i++) {
            RawPeer peer = RawPeer.connect(port, "DEALER");
            crowd.add(peer);
            try {
                for (int fetches = 0; fetches < FETCHES; fetches++) {
                    peer.send(FETCH);
                }
                peer.sendHex(PING);
                assertThat(new String(peer.command(), US_ASCII)).startsWith("\4PONG");
            } catch (UncheckedIOException e) {
                assertThat(i).as("the room is full").isPositive();
            }
        }
        return crowd;
    }

    private static byte[] fetch() {
        var fetch = new ByteArrayOutputStream();
        for (int i = 0; i < 15; i++) {
            fetch.writeBytes(RawPeer.frame(1, new byte[255]));
        }
        fetch.writeBytes(RawPeer.frame(1, new byte[0]));
        fetch.writeBytes(RawPeer.frame(0, new byte[] {'x'}));
        return fetch.toByteArray();
    }

    /** Their names are long, so that their envelopes are. */
    private static List<ZMQ.Socket> fetching(ZContext context, int proxyPort) {
        List<ZMQ.Socket> workers = new ArrayList<>();
        for (int i = 0; i < WORKERS; i++) {
            ZMQ.Socket worker = context.createSocket(SocketType.REQ);
            worker.setIdentity(("worker-" + i + "-" + "x".repeat(200)).getBytes(US_ASCII));
            worker.setHandshakeIvl(1000);
            worker.setLinger(0);
            worker.setReceiveTimeOut((int) Limits.SOON.toMillis());
            worker.connect("tcp://127.0.0.1:" + proxyPort);
            worker.send("fetch");
            workers.add(worker);
        }
        return workers;
    }

    /** A ROUTER for workers and a DEALER to the broker, until the crowd stops; all on one thread, as JeroMQ wants it. */
    private static int proxy(
            String brokersWorkers, CompletableFuture<Integer> port, CountDownLatch fetches, Crowd<Integer> crowd) {
        int passedOn = 0;
        try (ZContext context = new ZContext()) {
            context.setLinger(0);
            ZMQ.Socket router = context.createSocket(SocketType.ROUTER);
            port.complete(router.bindToRandomPort("tcp://127.0.0.1"));
            ZMQ.Socket dealer = context.createSocket(SocketType.DEALER);
            dealer.setHandshakeIvl(1000);
            dealer.connect(brokersWorkers);
            ZMQ.Poller poller = context.createPoller(2);
            poller.register(router, ZMQ.Poller.POLLIN);
            poller.register(dealer, ZMQ.Poller.POLLIN);
            while (!crowd.isStopping()) {
                poller.poll(Limits.QUIET.toMillis());
                if (poller.pollin(0)) {
                    ZMsg.recvMsg(router).send(dealer);
                    passedOn++;
                    fetches.countDown();
                }
                if (poller.pollin(1)) {
                    ZMsg.recvMsg(dealer).send(router);
                }
            }
        }
        return passedOn;
    }

    private static int port(String endpoint) {
        return Integer.parseInt(endpoint.substring(endpoint.lastIndexOf(':') + 1));
    }
}
