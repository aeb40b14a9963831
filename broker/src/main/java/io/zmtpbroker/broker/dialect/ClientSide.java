package io.zmtpbroker.broker.dialect;

/** A peer that asks, whatever it speaks: what its connection meets concerns its session. */
interface ClientSide extends Peer {

    /** The client, which may be on another connection later. */
    ClientSession session();

    @Override
    default boolean isClient() {
        return true;
    }

    @Override
    default long queuedOctets() {
        return session().queuedOctets();
    }

    @Override
    default void onBlocked() {
        session().blocked();
    }

    @Override
    default void onUnblocked(long nowNanos) {
        session().unblocked(nowNanos);
    }

    @Override
    default void onLongAnswers(int maxOut, long nowNanos) {
        session().limited(maxOut, nowNanos);
    }

    @Override
    default void onGone(long nowNanos) {
        session().gone(nowNanos);
    }
}
