package io.zmtpbroker.broker.dispatch;

/** Counts what the open requests hold, and tells the intake when a limit is crossed. */
final class IntakeGate {

    private final Intake intake;
    private final long pauseAt;
    private final long resumeAt;
    private long octets;
    private boolean paused;

    IntakeGate(Intake intake, long maxOctets) {
        this.intake = intake;
        this.pauseAt = maxOctets;
        this.resumeAt = maxOctets / 8 * 7 + maxOctets % 8 * 7 / 8;
    }

    long octets() {
        return octets;
    }

    void add(int more) {
        octets += more;
    }

    void subtract(int fewer) {
        octets -= fewer;
        assert octets >= 0 : "more was given back than taken";
    }

    /** Tells the intake, if there is something to tell. */
    void update() {
        if (!paused && octets >= pauseAt) {
            paused = true;
            intake.pause();
        } else if (paused && octets <= resumeAt) {
            paused = false;
            intake.resume();
        }
    }
}
