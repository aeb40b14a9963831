package io.zmtpbroker.interop;

/** A crowd of clients at work. */
interface RunningClients extends AutoCloseable {
    /** Waits until every request has ended or has been given up. */
    ClientTally await();

    /** Ends the crowd, whatever it is doing. */
    @Override
    void close();
}
