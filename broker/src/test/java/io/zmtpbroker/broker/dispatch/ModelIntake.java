package io.zmtpbroker.broker.dispatch;

import java.util.List;

/** Whether clients are read, in a {@link Model}. */
final class ModelIntake {

    private final long maxOctets;
    private final List<String> effects;
    private boolean paused;

    ModelIntake(long maxOctets, List<String> effects) {
        this.maxOctets = maxOctets;
        this.effects = effects;
    }

    /** So many octets are open now. */
    void update(long octets) {
        if (!paused && octets >= maxOctets) {
            paused = true;
            effects.add("pause");
        } else if (paused && octets * 8 <= maxOctets * 7) {
            paused = false;
            effects.add("resume");
        }
    }
}
