package io.zmtpbroker.broker.dialect;

import java.util.HashMap;
import java.util.Map;

/**
 * What may be kept of the envelopes of open fetches, on all connections together.
 *
 * <p>When it is full, room is made by whoever has most of it: the largest holder of the place that holds most, which a
 * crowd can take it from itself only, and nobody is blamed for what others hold. Who makes room is closed, for that
 * alone tells a ZeroMQ peer that its fetches are lost: a fetch that is dropped in silence leaves its worker waiting for
 * ever. Finding them costs O(log n), however many there are. Confined to the dispatch loop.
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

    private final LargestFirst<Place> fullest = new LargestFirst<>();

    /** Of those that have some of the room. */
    private final Map<Holder, HolderShare> shares = new HashMap<>();

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

    /** The largest holder of the place that holds most, as if the one that asks had what it asks for; of equals, that one. */
    private Holder largest(Holder asker, int more) {
        Place own = places.get(asker.place());
        long ownOctets = (own == null ? 0 : own.octets) + more;
        Place most = fullest.largest();
        if (most != null && most.octets > ownOctets) {
            return most.largestIfAbove(0, asker);
        }
        return own == null ? asker : own.largestIfAbove(asker.charged() + more, asker);
    }

    /** A holder has more of the room, or less. */
    void change(Holder holder, int before, int after) {
        if (before == after) {
            return;
        }
        octets += after - before;
        HolderShare known = shares.get(holder);
        HolderShare share = known == null ? enter(holder) : known;
        share.place.holders.change(share, after - before);
        fullest.change(share.place, after - before);
        if (after == 0) {
            leave(share);
        }
    }

    private HolderShare enter(Holder holder) {
        Place place = places.get(holder.place());
        if (place == null) {
            place = new Place();
            places.put(holder.place(), place);
            fullest.add(place);
        }
        HolderShare share = new HolderShare(holder, place);
        shares.put(holder, share);
        place.holders.add(share);
        return share;
    }

    private void leave(HolderShare share) {
        shares.remove(share.holder);
        share.place.holders.remove(share);
        if (share.place.holders.largest() == null) {
            places.remove(share.holder.place());
            fullest.remove(share.place);
        }
    }

    /** All that is held at one place. */
    private static final class Place extends LargestFirst.Share {

        private final LargestFirst<HolderShare> holders = new LargestFirst<>();

        Holder largestIfAbove(long octets, Holder otherwise) {
            HolderShare largest = holders.largest();
            return largest != null && largest.octets > octets ? largest.holder : otherwise;
        }
    }

    /** What one of them has. */
    private static final class HolderShare extends LargestFirst.Share {

        private final Holder holder;
        private final Place place;

        HolderShare(Holder holder, Place place) {
            this.holder = holder;
            this.place = place;
        }
    }
}
