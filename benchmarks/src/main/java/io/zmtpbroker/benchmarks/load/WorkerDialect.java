package io.zmtpbroker.benchmarks.load;

import io.zmtpbroker.zmtp.SocketType;

/** How workers speak with the broker under load. */
public enum WorkerDialect {
    /** REQ that says {@code READY} once; each reply asks for the next task. One task a worker. */
    LOAD_BALANCING(SocketType.REQ, "READY"),
    /** REQ that fetches each task, and a PUSH on another connection that answers it. One task a worker. */
    FETCH(SocketType.REQ, "requesting task"),
    /** REP that is given tasks unasked. */
    REP(SocketType.REP, "");

    private final SocketType socketType;
    private final String request;

    WorkerDialect(SocketType socketType, String request) {
        this.socketType = socketType;
        this.request = request;
    }

    /** What a worker's socket is on WORKERS. */
    public SocketType socketType() {
        return socketType;
    }

    /** What a worker says to be given a task; empty for one that says nothing. */
    public String request() {
        return request;
    }
}
