package io.zmtpbroker.interop;

import java.time.Duration;

/** A crowd of libzmq clients in one Python process. */
final class PythonClients implements RunningClients {
    private final PythonPeer script;

    PythonClients(ClientPlan plan, BrokerProcess broker) {
        script = PythonPeer.start(
                "clients.py",
                broker.clients(),
                "--type=" + plan.type(),
                "--clients=" + plan.clients(),
                "--requests=" + plan.requests(),
                "--window=" + plan.window(),
                "--body=" + plan.bodyOctets(),
                "--patience=" + plan.patience().toMillis());
    }

    @Override
    public void awaitBlocked() {
        script.await("blocked", Limits.CROWD);
    }

    @Override
    public ClientTally await() {
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
