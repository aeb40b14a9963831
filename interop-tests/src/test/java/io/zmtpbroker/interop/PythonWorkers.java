package io.zmtpbroker.interop;

/** A crowd of libzmq workers in one Python process. */
final class PythonWorkers implements RunningWorkers {
    private final PythonPeer script;

    PythonWorkers(WorkerPlan plan, BrokerProcess broker) {
        script = PythonPeer.start(
                "workers.py",
                broker.workers(),
                broker.answers(),
                "--lanes=" + plan.lanes(),
                "--turns=" + plan.turns(),
                "--tasks=" + plan.tasks(),
                "--drop=" + plan.dropShare());
    }

    @Override
    public WorkerTally await() {
        var event = script.await("done", Limits.CROWD);
        return new WorkerTally(event.number("answered"), event.number("dropped"));
    }

    @Override
    public WorkerTally stop() {
        script.process().closeInput();
        return await();
    }

    @Override
    public void close() {
        script.close();
    }
}
