package io.zmtpbroker.zmtp.security;

/** Makes the mechanism of each connection of an endpoint; called on event loops, possibly of several threads at once. */
@FunctionalInterface
public interface ZmtpMechanismFactory {
    /**
     * A mechanism for a new connection.
     *
     * @param local what we are
     * @return a mechanism that has not begun
     */
    ZmtpMechanism create(ZmtpLocalEnd local);

    /**
     * Judges the options of an endpoint once, before its first connection.
     *
     * @param local what we are
     * @throws IllegalArgumentException if the mechanism cannot be used so
     */
    default void check(ZmtpLocalEnd local) {}
}
