package io.zmtpbroker.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.zmtpbroker.zmtp.testing.RawPeer;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A broker that was promised more heap than it has: it must not stay as a process that serves nobody and cannot be ended. */
class WantOfMemoryTest {
    private static final int ENDED_SUDDENLY = 3;

    /** So many take 40 MiB of heap, and 0.6 MB on the wire. */
    private static final int REQUESTS = 120_000;

    private static final int MOST_CLIENTS = 20;

    @Test
    void endsByItselfWhenItsThreadHasNoMemoryLeft() {
        try (ChildProcess process = launch("-XX:-ExitOnOutOfMemoryError")) {
            flood(new BrokerProcess(process));

            assertThat(process.awaitExit(Limits.CROWD)).isEqualTo(ENDED_SUDDENLY);
            assertThat(process.errors()).contains("zmtp-broker: its thread has ended");
        }
    }

    @Test
    void endsAtOnceWithTheFlagOfTheScript() {
        try (ChildProcess process = launch("-XX:+ExitOnOutOfMemoryError")) {
            flood(new BrokerProcess(process));

            assertThat(process.awaitExit(Limits.CROWD)).isEqualTo(ENDED_SUDDENLY);
        }
    }

    /** A request costs more heap than it is charged with if it is short, so a queue of 1 GiB does not fit. */
    private static ChildProcess launch(String flag) {
        return BrokerCommand.with("--max-queued-bytes", "1g", "--max-queued-bytes-per-client", "1g")
                .jvm("-Xmx24m", "-XX:MaxDirectMemorySize=4g", flag)
                .launch();
    }

    private static void flood(BrokerProcess broker) {
        byte[] request = {1, 0, 0, 1, 'x'};
        byte[] many = new byte[REQUESTS * request.length];
        for (int i = 0; i < many.length; i++) {
            many[i] = request[i % request.length];
        }
        List<RawPeer> clients = new ArrayList<>();
        try {
            while (broker.process().isAlive() && clients.size() < MOST_CLIENTS) {
                RawPeer client = RawPeer.connect(broker.clientsPort(), "DEALER");
                clients.add(client);
                client.send(many);
            }
        } catch (UncheckedIOException e) {
            assertThat(e.getCause()).isNotNull(); // it has ended, or is about to
        } finally {
            clients.forEach(RawPeer::close);
        }
    }
}
