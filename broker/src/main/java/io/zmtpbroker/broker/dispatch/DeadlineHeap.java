package io.zmtpbroker.broker.dispatch;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A binary heap of deadlines whose items know their index, so that any of them leaves in O(log n). An item that is later than
 * all others, the usual case, enters in O(1).
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
        if (index > 0 && movedNanos - times[parent(index)] < 0) {
            siftUp(index, moved, movedNanos);
        } else {
            siftDown(index, moved, movedNanos);
        }
    }

    private void siftUp(int from, Timed item, long nanos) {
        int index = from;
        while (index > 0) {
            int parent = parent(index);
            if (nanos - times[parent] >= 0) {
                break;
            }
            move(parent, index);
            index = parent;
        }
        put(index, item, nanos);
    }

    private void siftDown(int from, Timed item, long nanos) {
        int index = from;
        for (int child = 2 * index + 1; child < size; child = 2 * index + 1) {
            if (child + 1 < size && times[child + 1] - times[child] < 0) {
                child++;
            }
            if (times[child] - nanos >= 0) {
                break;
            }
            move(child, index);
            index = child;
        }
        put(index, item, nanos);
    }

    private void move(int from, int to) {
        Timed item = items[from];
        assert item != null;
        put(to, item, times[from]);
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
