package io.zmtpbroker.zmtp;

/**
 * Who a peer has shown itself to be, as the authenticator named it (27/ZAP, "Response Command").
 *
 * @param id the name of the user; empty when nobody was asked, or the authenticator gave none
 * @param metadata what the authenticator has to say of the user; unlike the peer's own properties it can be trusted
 */
public record ZmtpUser(String id, Metadata metadata) {
    /** A peer that nobody was asked about. */
    public static final ZmtpUser ANONYMOUS = new ZmtpUser("", Metadata.EMPTY);

    /**
     * Whether the user has no name.
     *
     * @return true when {@link #id()} is empty
     */
    public boolean isAnonymous() {
        return id.isEmpty();
    }
}
