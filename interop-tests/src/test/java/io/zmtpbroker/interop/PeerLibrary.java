package io.zmtpbroker.interop;

/** A ZeroMQ library that peers are made of. */
enum PeerLibrary {
    JEROMQ {
        @Override
        Peers open() {
            return new JeroMqPeers();
        }

        @Override
        RunningClients start(ClientPlan plan, BrokerProcess broker) {
            return new JeroMqClients(plan, broker);
        }

        @Override
        RunningWorkers start(WorkerPlan plan, BrokerProcess broker) {
            return new JeroMqWorkers(plan, broker);
        }
    },
    LIBZMQ {
        @Override
        Peers open() {
            return new PythonPeers();
        }

        @Override
        RunningClients start(ClientPlan plan, BrokerProcess broker) {
            return new PythonClients(plan, broker);
        }

        @Override
        RunningWorkers start(WorkerPlan plan, BrokerProcess broker) {
            return new PythonWorkers(plan, broker);
        }
    };

    /** Sockets for a test to play step by step. */
    abstract Peers open();

    /** A crowd of clients that asks as planned, on its own. */
    abstract RunningClients start(ClientPlan plan, BrokerProcess broker);

    /** A crowd of workers that works as planned, on its own, until it is stopped. */
    abstract RunningWorkers start(WorkerPlan plan, BrokerProcess broker);
}
