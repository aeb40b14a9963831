package io.zmtpbroker.broker.dialect;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A binary heap of those that hold something, the largest first, and of equal ones that which came first. Each knows its index,
 * so a change of what it holds costs O(log n), and nothing is allocated for it.
 *
 * @param <T> what holds something
 */
final class LargestFirst<T extends LargestFirst.Share> {

    /** What somebody holds, in one heap at a time; only the heap changes it. */
    abstract static class Share {

        long octets;
        int index;

        /** When it came, to tell equal ones apart. */
        long entry;
    }

    private final List<T> shares = new ArrayList<>();
    private long entries;

    /** Null if there is none. */
    @Nullable
    T largest() {
        return shares.isEmpty() ? null : shares.get(0);
    }

    /** Puts one in that is in no heap, and holds nothing yet. */
    void add(T share) {
        share.octets = 0;
        share.entry = entries++;
        share.index = shares.size();
        shares.add(share); // the last place is its own: it is smaller than all, and came last
    }

    /** One of them holds so much more, or so much less if negative. */
    void change(T share, long difference) {
        share.octets += difference;
        if (difference > 0) {
            siftUp(share.index, share);
        } else {
            siftDown(share.index, share);
        }
    }

    /** Takes one of them out. */
    void remove(T share) {
        T last = shares.remove(shares.size() - 1);
        if (last == share) {
            return;
        }
        int index = share.index;
        siftUp(index, last);
        if (last.index == index) {
            siftDown(index, last);
        }
    }

    private void siftUp(int from, T share) {
        int index = from;
        while (index > 0 && isBefore(share, shares.get(parent(index)))) {
            put(index, shares.get(parent(index)));
            index = parent(index);
        }
        put(index, share);
    }

    private void siftDown(int from, T share) {
        int index = from;
        int child = firstChild(index);
        while (child < shares.size() && isBefore(shares.get(child), share)) {
            put(index, shares.get(child));
            index = child;
            child = firstChild(index);
        }
        put(index, share);
    }

    /** The child that is first; an index past the end if there is no child. */
    private int firstChild(int index) {
        int left = 2 * index + 1;
        int right = left + 1;
        return right < shares.size() && isBefore(shares.get(right), shares.get(left)) ? right : left;
    }

    private void put(int index, T share) {
        shares.set(index, share);
        share.index = index;
    }

    private static boolean isBefore(Share one, Share other) {
        return one.octets != other.octets ? one.octets > other.octets : one.entry < other.entry;
    }

    private static int parent(int index) {
        return (index - 1) >>> 1;
    }
}
