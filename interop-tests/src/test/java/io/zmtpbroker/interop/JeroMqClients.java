package io.zmtpbroker.interop;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A crowd of JeroMQ clients, each with a context and a thread of its own. */
final class JeroMqClients implements RunningClients {
    private final Crowd<ClientTally> crowd = new Crowd<>();
    private final CountDownLatch blocked = new CountDownLatch(1);

    JeroMqClients(ClientPlan plan, BrokerProcess broker) {
        SocketSpec spec = SocketSpec.of(plan.type(), broker.clients());
        for (int number = 0; number < plan.clients(); number++) {
            String name = "jeromq" + number;
            crowd.add(() -> {
                try (Peers peers = new JeroMqPeers()) {
                    return new PlannedClient(plan, peers.open(spec), name, blocked::countDown)
                            .run(() -> !crowd.isStopping());
                }
            });
        }
    }

    @Override
    public void awaitBlocked() {
        try {
            if (!blocked.await(Limits.CROWD.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError("no client was blocked within " + Limits.CROWD);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting", e);
        }
    }

    @Override
    public ClientTally await() {
        return crowd.await(Limits.CROWD).stream().reduce(ClientTally.NONE, ClientTally::plus);
    }

    @Override
    public void close() {
        crowd.close();
    }
}
