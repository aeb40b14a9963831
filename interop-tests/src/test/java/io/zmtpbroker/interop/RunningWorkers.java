package io.zmtpbroker.interop;

/** A crowd of workers at work. */
interface RunningWorkers extends AutoCloseable {
    /** Waits until all turns are over; only for a plan that ends. */
    WorkerTally await();

    /** Sends the workers home after the task in hand, if they are not gone already. */
    WorkerTally stop();

    /** Ends the crowd, whatever it is doing. */
    @Override
    void close();
}
