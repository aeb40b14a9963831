package io.zmtpbroker.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.zmtpbroker.zmtp.testing.RawPeer;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

/**
 * What the thread of the broker allocates for a request, over the sockets of the transport under test, once it is warm. On newer versions
 * of Java it is some 500 octets, as Netty, without Unsafe, copies between buffers outside the heap by views.
 */
@EnabledForJreRange(max = JRE.JAVA_23)
class AllocationsTest {
    private static final int BURST = 10;
    private static final int BURSTS = 10_000;
    private static final int MOST_ROUNDS = 10;

    /** Octets for each request; what is left is for each read and each write. The JVM tells whole mebibytes. */
    private static final int MOST_OCTETS = 64;

    private static final String ANY_PORT = "tcp://127.0.0.1:*";

    /** Of the JVM's list of threads: the loop that owns all state, and what it has allocated since its start. */
    private static final Pattern ALLOCATED = Pattern.compile("\"dispatch[^\"]*\".* allocated=(\\d+)([BKMG])");

    /** What is compiled yet allocates nothing, so the least of some rounds counts. */
    @Test
    void requestsLeaveNothingBehind() {
        try (BrokerProcess broker = BrokerCommand.with()
                        .byLauncher()
                        .on(ANY_PORT, ANY_PORT + "?dialect=rep&credit=" + BURST)
                        .start();
                RawPeer client = RawPeer.connect(broker.clientsPort(), "DEALER");
                RawPeer worker = RawPeer.connect(broker.workersPort(), "REP")) {
            long least = Long.MAX_VALUE;
            for (int i = 0; i < MOST_ROUNDS && least >= MOST_OCTETS; i++) {
                long before = allocatedOctets(broker);
                for (int burst = 0; burst < BURSTS; burst++) {
                    serve(client, worker);
                }
                least = Math.min(least, (allocatedOctets(broker) - before) / (BURST * BURSTS));
            }

            assertThat(least).isLessThan(MOST_OCTETS);
        }
    }

    /** Requests that come at once, and replies that do; all of them are of one length. */
    private static void serve(RawPeer client, RawPeer worker) {
        byte[] request = {1, 0, 0, 1, 42};
        int taskLength = 2 + 16 + request.length;
        client.send(repeated(request, BURST));
        worker.send(worker.octets(BURST * taskLength));
        assertThat(client.octets(BURST * request.length)).isEqualTo(repeated(request, BURST));
    }

    private static byte[] repeated(byte[] octets, int times) {
        byte[] all = new byte[octets.length * times];
        for (int i = 0; i < all.length; i++) {
            all[i] = octets[i % octets.length];
        }
        return all;
    }

    private static long allocatedOctets(BrokerProcess broker) {
        String threads = String.join("\n", broker.jcmd("Thread.print", "-e"));
        MatchResult found =
                ALLOCATED.matcher(threads).results().findFirst().orElseThrow(() -> new AssertionError(threads));
        return Long.parseLong(found.group(1)) << (10 * "BKMG".indexOf(found.group(2)));
    }
}
