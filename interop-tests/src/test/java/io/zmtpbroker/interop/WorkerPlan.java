package io.zmtpbroker.interop;

/**
 * What a crowd of workers does: each fetches a task, answers it with "re:" before the task's first frame, and fetches
 * again. A task "give N" it answers with N zero octets.
 *
 * @param lanes how many work at the same time
 * @param turns how many work one after the other on each lane, each on new sockets
 * @param tasks how many tasks a worker does before it closes, right after its last answer; 0 = no end
 * @param dropShare share of the tasks that are dropped, 0 to 1
 */
record WorkerPlan(int lanes, int turns, int tasks, double dropShare) {
    static WorkerPlan workers(int lanes) {
        return new WorkerPlan(lanes, 1, 0, 0);
    }

    WorkerPlan dropping(double share) {
        return new WorkerPlan(lanes, turns, tasks, share);
    }

    WorkerPlan inTurns(int workersPerLane, int tasksEach) {
        return new WorkerPlan(lanes, workersPerLane, tasksEach, dropShare);
    }
}
