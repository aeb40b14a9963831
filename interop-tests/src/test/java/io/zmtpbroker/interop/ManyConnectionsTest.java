package io.zmtpbroker.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.zmtpbroker.broker.net.Descriptors;
import io.zmtpbroker.zmtp.testing.RawPeer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Thousands of peers that are connected and say nothing. */
@Tag("alone")
class ManyConnectionsTest {
    private static final int CONNECTIONS = 5000;

    /** Of this process, and of the broker's: a JVM raises its limit as far as it may, and hands it on. */
    private static final int DESCRIPTORS = CONNECTIONS + 500;

    private static final int IDLE_MILLIS = 2000;

    /** One part in forty of a core; the system counts in steps of 10. */
    private static final long MOST_IDLE_MILLIS = 50;

    /** Live objects of a connection. */
    private static final long MOST_OCTETS_EACH = 4096;

    /** What pools and classes that were needed late may keep; a tenth of what the connections took. */
    private static final long HEAP_SLACK = 2 << 20;

    @Test
    void delayNobodyCostNothingAndLeaveNothingBehind() {
        int mayBeOpen = Descriptors.defaultMaxConnections();
        assumeTrue(
                mayBeOpen >= DESCRIPTORS,
                () -> "5000 connections need " + DESCRIPTORS + " descriptors, and the limit leaves " + mayBeOpen);
        try (BrokerProcess broker = BrokerCommand.with().start();
                Bystanders others = new Bystanders(broker)) {
            others.assertServed();
            long heap = broker.liveHeapOctets();
            int files = broker.openFiles(); // with the one that measuring the heap takes
            List<RawPeer> silent = new ArrayList<>();
            try {
                while (silent.size() < CONNECTIONS) {
                    silent.add(RawPeer.connect(broker.clientsPort(), "DEALER"));
                    silent.add(RawPeer.connect(broker.workersPort(), "DEALER"));
                }

                others.assertServed();
                assertThat((broker.liveHeapOctets() - heap) / CONNECTIONS).isLessThan(MOST_OCTETS_EACH);
                awaitAtMost(MOST_IDLE_MILLIS, () -> idleMillis(broker, silent.get(0)));
                assertThat(broker.openFiles()).isGreaterThanOrEqualTo(files + CONNECTIONS);
                others.assertServed();
            } finally {
                silent.forEach(RawPeer::close);
            }

            awaitAtMost(files, broker::openFiles);
            awaitAtMost(heap + HEAP_SLACK, broker::liveHeapOctets);
            others.assertServed();
        }
    }

    /** Processor time that the broker takes while nobody says anything. */
    private static long idleMillis(BrokerProcess broker, RawPeer silent) {
        long before = broker.processorMillis();
        assertThat(silent.hearsNothingFor(IDLE_MILLIS)).isTrue();
        return broker.processorMillis() - before;
    }

    /** What has just come to rest may still be tidied up: compiled, collected, closed. */
    private static void awaitAtMost(long most, LongSupplier figure) {
        long deadlineNanos = System.nanoTime() + Limits.SOON.toNanos();
        long now = figure.getAsLong();
        while (now > most && System.nanoTime() - deadlineNanos < 0) {
            now = figure.getAsLong();
        }
        assertThat(now).isLessThanOrEqualTo(most);
    }
}
