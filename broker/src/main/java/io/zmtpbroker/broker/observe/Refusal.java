package io.zmtpbroker.broker.observe;

import java.util.Locale;

/** Why a connection was not let in. */
public enum Refusal {
    /** As many are open as are allowed. */
    CONNECTIONS("there are as many connections as are allowed"),
    /** Its address has as many as are allowed. */
    ADDRESS_CONNECTIONS("its address has as many connections as are allowed"),
    /** As many have not completed their handshake as are allowed. */
    HANDSHAKES("there are as many handshakes in progress as are allowed"),
    /** Its address has as many of these as are allowed. */
    ADDRESS_HANDSHAKES("its address has as many handshakes in progress as are allowed");

    private final String reason;

    Refusal(String reason) {
        this.reason = reason;
    }

    /** For the log. */
    public String reason() {
        return reason;
    }

    /** The name in counters, such as {@code address-handshakes}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
