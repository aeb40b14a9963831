package io.zmtpbroker.interop;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Workers of libzmq in one Python process. */
final class PythonGuideWorkers implements GuideWorkers {
    private static final Duration START = Duration.ofSeconds(20);

    private final PythonPeer script;

    PythonGuideWorkers(GuideWorkerPlan plan, String... further) {
        var arguments = new ArrayList<>(List.of(
                plan.protocol().label(),
                plan.workers(),
                "--answers=" + plan.answers(),
                "--service=" + plan.service(),
                "--count=" + plan.count(),
                "--turns=" + plan.turns(),
                "--tasks=" + plan.tasks()));
        if (plan.holding()) {
            arguments.add("--hold");
        }
        arguments.addAll(List.of(further));
        script = PythonPeer.start("guide_workers.py", arguments.toArray(String[]::new));
    }

    /** Workers that bind, and let the broker connect. */
    static PythonGuideWorkers binding(GuideWorkerPlan plan) {
        return new PythonGuideWorkers(plan, "--bind");
    }

    ChildProcess process() {
        return script.process();
    }

    /** Waits until each has said, or at least tried to say, that it is ready. */
    PythonGuideWorkers awaitUp() {
        script.await("up", START);
        return this;
    }

    @Override
    public void awaitWorking() {
        awaitEvent("working");
    }

    /** The next event of that name, and whatever came before it forgotten. */
    PythonPeer.Event awaitEvent(String name) {
        var event = PythonPeer.Event.parse(script.line(Limits.CROWD));
        while (!event.name().equals(name)) {
            event = PythonPeer.Event.parse(script.line(Limits.CROWD));
        }
        return event;
    }

    @Override
    public WorkerTally await() {
        var event = awaitEvent("done");
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
