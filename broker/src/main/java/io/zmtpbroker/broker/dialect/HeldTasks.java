package io.zmtpbroker.broker.dialect;

import io.zmtpbroker.broker.dispatch.Request;
import java.util.Arrays;

/** The ids of the tasks that a worker was given and has not replied to, in the order they were given. A handful at most. */
final class HeldTasks {

    private long[] ids = new long[2];
    private int length;

    boolean isEmpty() {
        return length == 0;
    }

    int size() {
        return length / 2;
    }

    void add(Request<?> request) {
        if (length == ids.length) {
            ids = Arrays.copyOf(ids, 2 * length);
        }
        ids[length++] = request.idHigh();
        ids[length++] = request.idLow();
    }

    /** Takes over all tasks of another, and forgets the oldest beyond a number. */
    void addAll(HeldTasks others, int most) {
        int wanted = length + others.length;
        ids = Arrays.copyOf(ids, Math.max(wanted, ids.length));
        System.arraycopy(others.ids, 0, ids, length, others.length);
        length = wanted;
        others.length = 0;
        int tooMany = Math.max(0, length - 2 * most);
        System.arraycopy(ids, tooMany, ids, 0, length - tooMany);
        length -= tooMany;
    }

    boolean contains(long idHigh, long idLow) {
        return indexOf(idHigh, idLow) >= 0;
    }

    /** Forgets a task; false if the worker does not hold it. */
    boolean remove(long idHigh, long idLow) {
        int at = indexOf(idHigh, idLow);
        if (at < 0) {
            return false;
        }
        System.arraycopy(ids, at + 2, ids, at, length - at - 2);
        length -= 2;
        return true;
    }

    private int indexOf(long idHigh, long idLow) {
        for (int at = 0; at < length; at += 2) {
            if (ids[at] == idHigh && ids[at + 1] == idLow) {
                return at;
            }
        }
        return -1;
    }
}
