package io.zmtpbroker.broker.dispatch;

/**
 * Whether those who ask are read. The two calls alternate, and {@link #pause} comes first.
 *
 * <p>Called at the end of an event. Must neither throw nor call back into the dispatcher.
 */
public interface Intake {

    /** Stops reading: what the open requests hold has reached {@link DispatchConfig#maxQueuedOctets()}. */
    void pause();

    /** Reads again: what the open requests hold has sunk to seven eighths of the limit, or below. */
    void resume();
}
