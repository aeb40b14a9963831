package io.zmtpbroker.broker.dialect;

/** What may be kept of the envelopes of open fetches, on all connections together. Confined to the dispatch loop. */
public final class EnvelopeRoom {

    private final long maxOctets;
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

    /** So much more is kept, or less. */
    void change(int more) {
        octets += more;
    }
}
