package io.zmtpbroker.broker.net;

import org.jspecify.annotations.Nullable;

/** A connection that came to us, as {@link Arrivals} sees it. */
final class Arrival {

    final AddressUse address;
    final long beganNanos;

    /** Null until it is known. */
    @Nullable
    PeerConnection connection;

    Arrival(AddressUse address, long beganNanos) {
        this.address = address;
        this.beganNanos = beganNanos;
    }
}
