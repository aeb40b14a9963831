package io.zmtpbroker.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.zeromq.SocketType;

/** A Majordomo client that asks the broker itself (8/MMI). */
final class Management implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final PeerSocket socket;

    Management(Peers peers, String endpoint) {
        socket = peers.open(SocketSpec.of(SocketType.DEALER, endpoint));
    }

    /** What a service of the broker's own answers. */
    String ask(String service, String body) {
        socket.send(ClientProtocol.MDP02.request(service, Message.of(body)));
        return ClientProtocol.MDP02.body(service, socket.receive()).text(0);
    }

    /** Asks {@code mmi.service} until it says so. */
    void await(String service, String status) {
        long deadlineNanos = System.nanoTime() + LIMIT.toNanos();
        String said = ask("mmi.service", service);
        while (!said.equals(status) && System.nanoTime() - deadlineNanos < 0) {
            assertThat(socket.receive(Limits.QUIET)).as("a second answer").isEmpty();
            said = ask("mmi.service", service);
        }
        assertThat(said).as("what mmi.service says of %s", service).isEqualTo(status);
    }

    @Override
    public void close() {
        socket.close();
    }
}
