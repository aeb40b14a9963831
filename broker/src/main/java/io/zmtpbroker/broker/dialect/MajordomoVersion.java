package io.zmtpbroker.broker.dialect;

/**
 * What differs between 7/MDP and 18/MDP: the header, the delimiter in front of it, and the numbers of the commands. Go by
 * the header: 4 is HEARTBEAT in one and FINAL in the other.
 */
enum MajordomoVersion {
    /** 7/MDP: a delimiter first, one reply a request. */
    V0_1("MDPC01", "MDPW01", 3, -1, 4, 5),
    /** 18/MDP: no delimiter, any number of partial replies before the final one. */
    V0_2("MDPC02", "MDPW02", 4, 3, 5, 6);

    /** How long the name of a service may be, in octets. */
    static final int MAX_SERVICE_LENGTH = 255;

    static final int READY = 1;
    static final int REQUEST = 2;

    final String clientHeader;
    final String workerHeader;

    /** The reply, or the last one. */
    final int finalReply;

    /** A reply that others follow; -1, which is no command, where there is none. */
    final int partialReply;

    final int heartbeat;
    final int disconnect;

    MajordomoVersion(
            String clientHeader, String workerHeader, int finalReply, int partialReply, int heartbeat, int disconnect) {
        this.clientHeader = clientHeader;
        this.workerHeader = workerHeader;
        this.finalReply = finalReply;
        this.partialReply = partialReply;
        this.heartbeat = heartbeat;
        this.disconnect = disconnect;
    }

    boolean hasDelimiter() {
        return this == V0_1;
    }
}
