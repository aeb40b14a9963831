package io.zmtpbroker.broker.dialect;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * What may be kept of the envelopes of open fetches, on all connections together.
 *
 * <p>When it is full, room is made by whoever has most of it: the largest holder of the place that holds most, which a
 * crowd can take it from itself only, and nobody is blamed for what others hold. Who makes room is closed, for that
 * alone tells a ZeroMQ peer that its fetches are lost: a fetch that is dropped in silence leaves its worker waiting for
 * ever. Confined to the dispatch loop.
 */
public final class EnvelopeRoom {

    /** The fetches of one connection. */
    interface Holder {

        /** Where it is; places hold as much as all of their connections together. */
        Object place();

        /** What it has of the room, in octets. */
        int charged();

        /** Takes no room from now on, and ends. */
        void makeRoom();
    }

    private final long maxOctets;

    private final Map<Object, Place> places = new HashMap<>();

    private long octets;

    /**
     * Nothing is kept.
     *
     * @param maxOctets what may be kept at most
     */
    public EnvelopeRoom(long maxOctets) {
        this.maxOctets = maxOctets;
    }

    /** What is kept. */
    public long octets() {
        return octets;
    }

    boolean has(int more) {
        return octets + more <= maxOctets;
    }

    /** Sees to it that there is room for so much more; false if the one that asks for it has to make it. */
    boolean makeRoomFor(Holder asker, int more) {
        while (!has(more)) {
            Holder largest = largest(asker, more);
            largest.makeRoom();
            if (largest == asker) {
                return false;
            }
        }
        return true;
    }

    /** The largest holder of the place that holds most, as if the one that asks had what it asks for. */
    private Holder largest(Holder asker, int more) {
        Object place = fullestPlace(asker, more);
        Holder largest = place.equals(asker.place()) ? asker : null;
        int most = largest == null ? 0 : asker.charged() + more;
        for (Holder holder : placeOf(place).holders) {
            if (holder != asker && (largest == null || holder.charged() > most)) {
                largest = holder;
                most = holder.charged();
            }
        }
        return largest == null ? asker : largest;
    }

    private Object fullestPlace(Holder asker, int more) {
        Object fullest = asker.place();
        long most = placeOf(fullest).octets + more;
        for (Map.Entry<Object, Place> place : places.entrySet()) {
            if (place.getValue().octets > most) {
                most = place.getValue().octets;
                fullest = place.getKey();
            }
        }
        return fullest;
    }

    private Place placeOf(Object key) {
        Place place = places.get(key);
        return place == null ? new Place() : place;
    }

    /** A holder has more of the room, or less. */
    void change(Holder holder, int before, int after) {
        if (before == after) {
            return;
        }
        octets += after - before;
        Object key = holder.place();
        Place place = places.computeIfAbsent(key, unknown -> new Place());
        place.octets += after - before;
        if (after == 0) {
            place.holders.remove(holder);
        } else {
            place.holders.add(holder);
        }
        if (place.holders.isEmpty()) {
            places.remove(key);
        }
    }

    /** All that is held at one place. */
    private static final class Place {

        /** Those that have some of the room, in the order in which they began. */
        private final Set<Holder> holders = new LinkedHashSet<>();

        private long octets;
    }
}
