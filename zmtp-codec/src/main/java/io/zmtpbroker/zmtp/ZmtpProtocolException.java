package io.zmtpbroker.zmtp;

/**
 * A peer broke a rule of the protocol; its connection is closed. It has no stack trace, since it speaks of the peer and not
 * of the code, and no payload in its message. {@link ZmtpViolation#PEER_ERROR} quotes the peer's reason, made printable.
 */
public final class ZmtpProtocolException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ZmtpViolation violation;

    /**
     * An error of the peer.
     *
     * @param violation the kind, for counters
     * @param message what was seen and what is allowed, in one line
     */
    public ZmtpProtocolException(ZmtpViolation violation, String message) {
        super(message, null, false, false);
        this.violation = violation;
    }

    /**
     * The rule that was broken.
     *
     * @return the kind of the error
     */
    public ZmtpViolation violation() {
        return violation;
    }
}
