package io.zmtpbroker.interop;

import java.io.UncheckedIOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Bad peers that come one after the other on several threads, in an order that the seed says. */
final class BadCrowd implements AutoCloseable {
    private static final int THREADS = 6;
    private static final int MOST_VISITS = 10_000_000;

    /** So that those who leave with FIN do not use up the ports of the machine. */
    private static final long BETWEEN_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private final Crowd<Map<BadPeer, Integer>> crowd = new Crowd<>();
    private final Set<BadVisit> visits = ConcurrentHashMap.newKeySet();
    private final Failures failures;

    BadCrowd(SoakTargets targets, SplittableRandom random, Failures failures) {
        this.failures = failures;
        for (int thread = 0; thread < THREADS; thread++) {
            SplittableRandom own = random.split();
            crowd.add(() -> failures.guard(() -> callAgainAndAgain(targets, own)));
        }
    }

    /** Sends all of them home; returns how often each kind came. */
    Map<BadPeer, Integer> stop() {
        crowd.stop();
        visits.forEach(BadVisit::abort);
        var all = new EnumMap<BadPeer, Integer>(BadPeer.class);
        crowd.await(Limits.CROWD)
                .forEach(counts -> counts.forEach((peer, count) -> all.merge(peer, count, Integer::sum)));
        return all;
    }

    @Override
    public void close() {
        crowd.close();
        visits.forEach(BadVisit::abort);
    }

    private Map<BadPeer, Integer> callAgainAndAgain(SoakTargets targets, SplittableRandom random) {
        var counts = new EnumMap<BadPeer, Integer>(BadPeer.class);
        BadPeer[] kinds = BadPeer.values();
        for (int i = 0; i < MOST_VISITS && !crowd.isStopping() && !failures.any(); i++) {
            BadPeer peer = kinds[random.nextInt(kinds.length)];
            call(peer, new BadVisit(targets, random));
            counts.merge(peer, 1, Integer::sum);
            LockSupport.parkNanos(BETWEEN_NANOS);
        }
        return counts;
    }

    private void call(BadPeer peer, BadVisit visit) {
        visits.add(visit);
        try (visit) {
            peer.call(visit);
        } catch (UncheckedIOException e) {
            // The broker closed first, as it may.
        } finally {
            visits.remove(visit);
        }
    }
}
