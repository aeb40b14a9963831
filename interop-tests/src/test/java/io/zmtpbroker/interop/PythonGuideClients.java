package io.zmtpbroker.interop;

import java.time.Duration;

/** Clients of libzmq in one Python process. */
final class PythonGuideClients implements RunningClients {
    private final PythonPeer script;

    PythonGuideClients(GuideClientPlan plan) {
        script = PythonPeer.start(
                "guide_clients.py",
                plan.protocol().label(),
                plan.endpoint(),
                "--service=" + plan.service(),
                "--clients=" + plan.clients(),
                "--requests=" + plan.requests(),
                "--window=" + plan.window(),
                "--body=" + plan.body(),
                "--timeout=" + plan.patience().toMillis(),
                "--tries=" + plan.tries());
    }

    @Override
    public void awaitBlocked() {
        throw new UnsupportedOperationException("these are answered");
    }

    @Override
    public ClientTally await() {
        script.await("asked", Limits.CROWD);
        var event = script.await("done", Limits.CROWD);
        return new ClientTally(
                event.number("right"),
                event.number("failed"),
                event.number("wrong"),
                event.number("unanswered"),
                event.number("surplus"),
                event.number("reordered"),
                Duration.ofMillis(event.number("slowest")),
                Duration.ofMillis(event.number("elapsed")));
    }

    @Override
    public void close() {
        script.close();
    }
}
