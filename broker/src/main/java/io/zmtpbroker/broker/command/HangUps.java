package io.zmtpbroker.broker.command;

import org.jspecify.annotations.Nullable;

/**
 * SIGHUPs, from the first moment of the process on: one that comes before anybody can do anything about it is kept for whoever can.
 * Thread-safe.
 */
final class HangUps {

    private boolean handled;
    private boolean pending;
    private @Nullable Runnable action;

    /** SIGHUP does not end the process any more, where that can be had. */
    void install() {
        handled = HangUpSignal.handle(this::arrived);
    }

    /** False where there is no such signal, or it is taken or ignored, as under {@code nohup}. */
    boolean areHandled() {
        return handled;
    }

    /** One has come; runs what is done about it, if anybody has said it. */
    void arrived() {
        Runnable known;
        synchronized (this) {
            known = action;
            pending = known == null;
        }
        if (known != null) {
            known.run();
        }
    }

    /** Says what is done about each, on threads of the JVM. If one has come already it is done now. */
    void call(Runnable what) {
        boolean late;
        synchronized (this) {
            action = what;
            late = pending;
            pending = false;
        }
        if (late) {
            what.run();
        }
    }
}
