package io.zmtpbroker.broker.dispatch;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A binary heap of deadlines whose items know their index, so that any of them leaves in O(log n). An item that is later than
 * all others, the usual case, enters in O(1). Of equal deadlines the one that entered first is first.
 *
 * <p>Times are those of {@link System#nanoTime()}: they may be negative or overflow, and no two of them lie further apart than
 * half the range of a long.
 *
 * @param <T> what has a deadline
 */
final class DeadlineHeap<T extends Timed> {

    private static final int INITIAL_CAPACITY = 64;

    // The times lie beside the items, so that comparing them touches no item.
    private long[] times = new long[INITIAL_CAPACITY];
    private @Nullable Timed[] items = new @Nullable Timed[INITIAL_CAPACITY];
    private int size;
    private long entries;

    int size() {
        return size;
    }

    boolean isEmpty() {
        return size == 0;
    }

    boolean contains(T item) {
        return item.heapIndex != Timed.NOT_IN_HEAP;
    }

    /** The item with the earliest deadline, or null when there is none. */
    @SuppressWarnings("unchecked") // add() takes nothing but T
    @Nullable
    T first() {
        return (T) items[0];
    }

    /** The earliest deadline; there must be one. */
    long firstNanos() {
        assert size > 0;
        return times[0];
    }

    /** The deadline of an item of this heap. */
    long nanosOf(T item) {
        assert items[item.heapIndex] == item;
        return times[item.heapIndex];
    }

    void add(T item, long deadlineNanos) {
        assert !contains(item) : "already in a heap";
        if (size == times.length) {
            times = Arrays.copyOf(times, size * 2);
            items = Arrays.copyOf(items, size * 2);
        }
        item.heapEntry = entries++;
        siftUp(size++, item, deadlineNanos);
    }

    /** Takes the item out, if it is in. */
    void remove(T item) {
        int index = item.heapIndex;
        if (index == Timed.NOT_IN_HEAP) {
            return;
        }
        assert items[index] == item : "in another heap";
        item.heapIndex = Timed.NOT_IN_HEAP;
        Timed moved = items[--size];
        items[size] = null;
        if (moved == null || index == size) {
            return;
        }
        long movedNanos = times[size];
        if (index > 0 && isBefore(moved, movedNanos, parent(index))) {
            siftUp(index, moved, movedNanos);
        } else {
            siftDown(index, moved, movedNanos);
        }
    }

    private void siftUp(int from, Timed item, long nanos) {
        int index = from;
        while (index > 0 && isBefore(item, nanos, parent(index))) {
            move(parent(index), index);
            index = parent(index);
        }
        put(index, item, nanos);
    }

    private void siftDown(int from, Timed item, long nanos) {
        int index = from;
        int child = earlierChild(index);
        while (child < size && !isBefore(item, nanos, child)) {
            move(child, index);
            index = child;
            child = earlierChild(index);
        }
        put(index, item, nanos);
    }

    /** The child that is first; an index past the end if there is no child. */
    private int earlierChild(int index) {
        int left = 2 * index + 1;
        int right = left + 1;
        return right < size && isBefore(at(right), times[right], left) ? right : left;
    }

    private boolean isBefore(Timed item, long nanos, int index) {
        long sooner = nanos - times[index];
        return sooner < 0 || (sooner == 0 && item.heapEntry - at(index).heapEntry < 0);
    }

    private Timed at(int index) {
        Timed item = items[index];
        assert item != null;
        return item;
    }

    private void move(int from, int to) {
        put(to, at(from), times[from]);
    }

    private void put(int index, Timed item, long nanos) {
        times[index] = nanos;
        items[index] = item;
        item.heapIndex = index;
    }

    private static int parent(int index) {
        return (index - 1) >>> 1;
    }
}
