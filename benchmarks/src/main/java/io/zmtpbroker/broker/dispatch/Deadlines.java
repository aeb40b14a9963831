package io.zmtpbroker.broker.dispatch;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/** The deadlines of so many attempts, alone. In this package, as a test would be, so that nothing has to be opened for it. */
public final class Deadlines {

    private static final long SPAN_NANOS = TimeUnit.HOURS.toNanos(1);

    private final DeadlineHeap<Attempt> heap = new DeadlineHeap<>();
    private final SplittableRandom random = new SplittableRandom(1);
    private final Attempt[] attempts;

    /** So many, in no order, somewhere in an hour. */
    public Deadlines(int count) {
        attempts = new Attempt[count];
        for (int i = 0; i < count; i++) {
            attempts[i] = new Attempt();
            heap.add(attempts[i], random.nextLong(SPAN_NANOS));
        }
    }

    /** Any one leaves, and enters somewhere among the others; returns the first of all. */
    public long move() {
        Attempt any = attempts[random.nextInt(attempts.length)];
        heap.remove(any);
        heap.add(any, random.nextLong(SPAN_NANOS));
        return heap.firstNanos();
    }

    private static final class Attempt extends Timed {}
}
