package io.zmtpbroker.zmtp.security;

/** Makes the mechanism of each connection of an endpoint; called on event loops, possibly of several threads at once. */
@FunctionalInterface
public interface ZmtpMechanismFactory {
    /**
     * A mechanism for a new connection.
     *
     * @param local what we are; its role says which half of the mechanism is wanted
     * @return a mechanism that has not begun
     */
    ZmtpMechanism create(ZmtpLocalEnd local);
}
