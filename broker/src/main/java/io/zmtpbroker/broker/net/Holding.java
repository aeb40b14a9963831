package io.zmtpbroker.broker.net;

/** What is held for one connection. Confined to the dispatch loop. */
final class Holding {

    /** A peer with no more than this is always read: what is short is soon whole. */
    static final long SHORT_OCTETS = 64 << 10;

    final Holder holder;

    /** All of it. */
    long octets;

    /** Of these, what is no message that the peer could end by sending more. */
    long gathered;

    /** When it changed last, or could again. */
    long changedNanos;

    /** For how long it stood still in its turns, less what it made good since. */
    long stoodStillNanos;

    Holding(Holder holder) {
        this.holder = holder;
    }

    /** A connection, as far as what is held for it goes. */
    interface Holder {
        /** What its address holds. */
        AddressUse address();

        /** Whether something other than a want of memory keeps it from being read. */
        boolean isKeptFromReading();

        /** Reads it no more, or again. */
        void readPartial(boolean read);

        /** Closes it, which need not tell us. */
        void closeAsHolder(String reason);
    }

    AddressUse address() {
        return holder.address();
    }

    boolean isLong() {
        return octets - gathered > SHORT_OCTETS;
    }
}
