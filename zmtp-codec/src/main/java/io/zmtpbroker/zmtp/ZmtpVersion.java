package io.zmtpbroker.zmtp;

/** The versions of ZMTP that a peer may speak here. */
public enum ZmtpVersion {
    /** 15/ZMTP: libzmq 3.x, and NetMQ before 4.0.1. It has no commands, no metadata and no security. */
    V2_0(2, 0),
    /** 23/ZMTP: libzmq before 4.3.3, JeroMQ. */
    V3_0(3, 0),
    /** 37/ZMTP, and whatever comes after it. */
    V3_1(3, 1);

    private final int major;
    private final int minor;

    ZmtpVersion(int major, int minor) {
        this.major = major;
        this.minor = minor;
    }

    /**
     * The version of a greeting of 64 octets.
     *
     * @param minor 0 or 1
     * @return 3.0 or 3.1
     */
    public static ZmtpVersion ofMinor(int minor) {
        return minor == 0 ? V3_0 : V3_1;
    }

    /**
     * What stands before the dot.
     *
     * @return 2 or 3
     */
    public int major() {
        return major;
    }

    /**
     * What stands behind the dot.
     *
     * @return 0 or 1
     */
    public int minor() {
        return minor;
    }

    /**
     * Whether there are commands, and so PING, PONG and ERROR.
     *
     * @return false for 2.0: a peer of it takes a command for a message, or hangs up
     */
    public boolean hasCommands() {
        return major > 2;
    }
}
