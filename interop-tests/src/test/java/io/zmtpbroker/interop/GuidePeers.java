package io.zmtpbroker.interop;

/** Starts workers and clients of the ZeroMQ guide on either library. */
final class GuidePeers {
    private GuidePeers() {}

    static GuideWorkers start(PeerLibrary library, GuideWorkerPlan plan) {
        return switch (library) {
            case JEROMQ -> new JeroMqGuideWorkers(plan);
            case LIBZMQ -> new PythonGuideWorkers(plan);
        };
    }

    static RunningClients start(PeerLibrary library, GuideClientPlan plan) {
        return switch (library) {
            case JEROMQ -> new JeroMqGuideClients(plan);
            case LIBZMQ -> new PythonGuideClients(plan);
        };
    }
}
