package io.zmtpbroker.interop;

/** A crowd of workers of the ZeroMQ guide. */
interface GuideWorkers extends RunningWorkers {
    /** Waits until one of them has begun with a task that is slow or kept. Once for each such task. */
    void awaitWorking();
}
