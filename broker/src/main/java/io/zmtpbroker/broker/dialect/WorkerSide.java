package io.zmtpbroker.broker.dialect;

/** A worker whose replies come on the connection that its tasks went out on: what its connection meets concerns its tasks. */
interface WorkerSide extends Peer {

    /** What the worker holds. */
    WorkerTasks tasks();

    @Override
    default boolean wantsWritten() {
        return true;
    }

    @Override
    default void onWritten() {
        tasks().written();
    }

    @Override
    default void onGone(long nowNanos) {
        tasks().gone(nowNanos);
    }
}
