package io.zmtpbroker.interop;

/** A crowd of clients at work. */
interface RunningClients extends AutoCloseable {
    /**
     * Waits until a client cannot send what it may. Only for a single client that is certain to get there, and before {@link #await}.
     */
    void awaitBlocked();

    /** Waits until every request has ended or has been given up. */
    ClientTally await();

    /** Ends the crowd, whatever it is doing. */
    @Override
    void close();
}
