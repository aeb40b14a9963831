package io.zmtpbroker.broker.fairness;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A line in which those who come from different places take turns, and in which none can take the room of the others: who
 * comes when it is full takes that of the place that has most, if that has more. Not thread-safe.
 *
 * @param <P> a place
 * @param <T> what waits
 */
public final class FairQueue<P, T> {

    private final int capacity;

    /** The place whose turn is next comes first; none of these lines is empty. */
    private final Map<P, Deque<T>> lines = new LinkedHashMap<>();

    private int size;

    /** Nobody waits, and so many may. */
    public FairQueue(int capacity) {
        this.capacity = capacity;
    }

    /** How many wait, of all places. */
    public int size() {
        return size;
    }

    /**
     * Puts something in line.
     *
     * @param place where it comes from
     * @return what there is no room for: this, or the newest of another place; null if there is room
     */
    public @Nullable T add(P place, T element) {
        T displaced = null;
        if (size == capacity) {
            Deque<T> largest = Collections.max(lines.values(), Comparator.comparingInt(Deque::size));
            if (length(place) + 1 >= largest.size()) {
                return element;
            }
            displaced = largest.removeLast();
            size--;
        }
        lines.computeIfAbsent(place, first -> new ArrayDeque<>()).addLast(element);
        size++;
        return displaced;
    }

    /** Takes what is next; null if nothing waits. */
    public @Nullable T poll() {
        Iterator<Map.Entry<P, Deque<T>>> places = lines.entrySet().iterator();
        if (!places.hasNext()) {
            return null;
        }
        Map.Entry<P, Deque<T>> next = places.next();
        places.remove();
        T element = next.getValue().removeFirst();
        size--;
        if (!next.getValue().isEmpty()) {
            lines.put(next.getKey(), next.getValue()); // behind all others
        }
        return element;
    }

    /** Takes something out; false if it does not wait. */
    public boolean remove(P place, T element) {
        Deque<T> line = lines.get(place);
        if (line == null || !line.removeLastOccurrence(element)) {
            return false;
        }
        size--;
        if (line.isEmpty()) {
            lines.remove(place);
        }
        return true;
    }

    private int length(P place) {
        Deque<T> line = lines.get(place);
        return line == null ? 0 : line.size();
    }
}
