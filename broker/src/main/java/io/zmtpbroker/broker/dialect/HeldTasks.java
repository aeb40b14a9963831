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
