package io.zmtpbroker.interop;

/**
 * What a crowd of workers does: each answers a task with "re:" before its first frame, the task "slow N..." after N
 * milliseconds, the task "parts N..." with N partial replies first if it can.
 *
 * @param workers the endpoint for tasks
 * @param answers the endpoint for the answers of workers that fetch
 * @param service what those offer that name their service
 * @param count how many work at the same time
 * @param turns how many work one after the other in place of each, on new sockets
 * @param tasks how many tasks a worker does before it says goodbye; 0 = no end
 * @param holding whether each keeps its first task for ever
 */
record GuideWorkerPlan(
        WorkerProtocol protocol,
        String workers,
        String answers,
        String service,
        int count,
        int turns,
        int tasks,
        boolean holding) {
    static GuideWorkerPlan of(WorkerProtocol protocol, String workers, String answers, String service) {
        return new GuideWorkerPlan(protocol, workers, answers, service, 1, 1, 0, false);
    }

    GuideWorkerPlan times(int number) {
        return new GuideWorkerPlan(protocol, workers, answers, service, number, turns, tasks, holding);
    }

    GuideWorkerPlan inTurns(int number, int tasksEach) {
        return new GuideWorkerPlan(protocol, workers, answers, service, count, number, tasksEach, holding);
    }

    GuideWorkerPlan answeringTo(String other) {
        return new GuideWorkerPlan(protocol, workers, other, service, count, turns, tasks, holding);
    }

    GuideWorkerPlan keeping() {
        return new GuideWorkerPlan(protocol, workers, answers, service, count, turns, tasks, true);
    }

    @Override
    public String toString() {
        return count + " " + protocol + " of " + service;
    }
}
