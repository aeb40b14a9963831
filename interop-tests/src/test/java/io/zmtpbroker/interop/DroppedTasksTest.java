package io.zmtpbroker.interop;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Workers that drop a tenth of their tasks: every request ends, rightly or with the failure answer. */
class DroppedTasksTest {
    @ParameterizedTest
    @EnumSource(PeerLibrary.class)
    void everyRequestEnds(PeerLibrary library) {
        ClientPlan plan = ClientPlan.req(10, 100);
        try (BrokerProcess broker = BrokerCommand.with("-t", "3", "-T", "0.2").start();
                RunningWorkers workers = library.start(WorkerPlan.workers(5).dropping(0.1), broker);
                RunningClients clients = library.start(plan, broker)) {
            ClientTally tally = clients.await();
            WorkerTally work = workers.stop();

            assertThat(tally.right() + tally.failed()).as("%s", tally).isEqualTo(plan.total());
            assertThat(tally.wrong() + tally.unanswered() + tally.surplus()).isZero();
            assertThat(tally.right()).as("%s, %s", tally, work).isGreaterThan(plan.total() * 9 / 10);
            assertThat(work.dropped()).isPositive();
        }
    }

    @ParameterizedTest
    @EnumSource(PeerLibrary.class)
    void everyRequestOfAPipeliningClientEnds(PeerLibrary library) {
        ClientPlan plan = ClientPlan.dealer(2, 500, 50);
        try (BrokerProcess broker = BrokerCommand.with("-t", "3", "-T", "0.2").start();
                RunningWorkers workers = library.start(WorkerPlan.workers(5).dropping(0.1), broker);
                RunningClients clients = library.start(plan, broker)) {
            ClientTally tally = clients.await();

            assertThat(tally.right() + tally.failed()).as("%s", tally).isEqualTo(plan.total());
            assertThat(tally.wrong() + tally.unanswered() + tally.surplus()).isZero();
            assertThat(workers.stop().dropped()).isPositive();
        }
    }

    @ParameterizedTest
    @EnumSource(PeerLibrary.class)
    void aRequestThatEveryoneDropsFailsAfterItsTries(PeerLibrary library) {
        ClientPlan plan = ClientPlan.req(3, 1);
        try (BrokerProcess broker = BrokerCommand.with("-t", "3", "-T", "0.1").start();
                RunningWorkers workers = library.start(WorkerPlan.workers(3).dropping(1), broker);
                RunningClients clients = library.start(plan, broker)) {
            assertThat(clients.await().failed()).isEqualTo(plan.total());
            assertThat(workers.stop()).isEqualTo(new WorkerTally(0, 3 * plan.total()));
        }
    }
}
