package io.zmtpbroker.broker.dispatch;

import org.jspecify.annotations.Nullable;

/**
 * A doubly linked list whose links belong to its items, so that nothing is allocated and an item leaves in O(1).
 *
 * @param <T> what is listed
 */
final class IntrusiveList<T> {

    private @Nullable Link<T> first;
    private @Nullable Link<T> last;
    private int size;

    int size() {
        return size;
    }

    boolean isEmpty() {
        return size == 0;
    }

    @Nullable
    T first() {
        return first == null ? null : first.item;
    }

    @Nullable
    T last() {
        return last == null ? null : last.item;
    }

    /** The item behind the one that owns this link, or null at the end. */
    @Nullable
    T after(Link<T> link) {
        assert link.list == this : "not in this list";
        return link.next == null ? null : link.next.item;
    }

    void addFirst(Link<T> link) {
        adopt(link);
        link.next = first;
        if (first == null) {
            last = link;
        } else {
            first.previous = link;
        }
        first = link;
    }

    void addLast(Link<T> link) {
        adopt(link);
        link.previous = last;
        if (last == null) {
            first = link;
        } else {
            last.next = link;
        }
        last = link;
    }

    void moveToLast(Link<T> link) {
        assert link.list == this : "not in this list";
        if (link != last) {
            remove(link);
            addLast(link);
        }
    }

    private void adopt(Link<T> link) {
        assert link.list == null : "already in a list";
        link.list = this;
        size++;
    }

    private void remove(Link<T> link) {
        Link<T> previous = link.previous;
        Link<T> next = link.next;
        if (previous == null) {
            first = next;
        } else {
            previous.next = next;
        }
        if (next == null) {
            last = previous;
        } else {
            next.previous = previous;
        }
        link.previous = null;
        link.next = null;
        link.list = null;
        size--;
    }

    /**
     * The place of one item in at most one list at a time.
     *
     * @param <T> what is listed
     */
    static final class Link<T> {

        private final T item;
        private @Nullable IntrusiveList<T> list;
        private @Nullable Link<T> previous;
        private @Nullable Link<T> next;

        Link(T item) {
            this.item = item;
        }

        boolean isLinked() {
            return list != null;
        }

        /** Leaves the list, if it is in one. */
        void unlink() {
            if (list != null) {
                list.remove(this);
            }
        }
    }
}
