package io.zmtpbroker.broker.dialect;

import static io.zmtpbroker.broker.dialect.DialectBench.ID1;
import static io.zmtpbroker.broker.dialect.DialectBench.SECOND;
import static io.zmtpbroker.broker.dialect.RecordingLink.hex;
import static org.assertj.core.api.Assertions.assertThat;

import io.zmtpbroker.broker.socket.DropReason;
import io.zmtpbroker.zmtp.testing.LeakCheck;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Workers that were there before the broker's restart: those that wait in silence, and those that reply to a task of before. */
@ExtendWith(LeakCheck.class)
class WorkersOfBeforeTest {

    private static final String ID_OF_BEFORE = "0110 00000000000000a1 00000000000000a2 ";
    private static final String ASK = "0100 0002 6869";
    private static final String TASK = "0002 6869";
    private static final String READY_TEXT = "0100 0005 5245414459";

    private final DialectBench bench = new DialectBench();

    @AfterEach
    void endEveryRequest() {
        bench.end();
    }

    @Test
    void givesASilentReqATaskAfterARestart() {
        var client = bench.client();
        var worker = bench.silentWorker(WorkerDialects.Choice.AUTO, true);
        client.says(ASK);

        worker.ticks();
        assertThat(worker.hears()).as("it may just have been started").isEmpty();
        bench.pass(SECOND);
        worker.ticks();

        assertThat(worker.hears()).isEqualTo(hex("0100" + ID1 + TASK));
        var answers = bench.answerer();
        answers.says(ID1 + "0001 41");
        assertThat(client.hears()).isEqualTo(hex("0100 0001 41"));
    }

    @Test
    void takesTheTaskBackAtNoCostWhenTheSilentReqFetchesAfterAll() {
        var client = bench.client();
        var worker = bench.silentWorker(WorkerDialects.Choice.FETCH, false);
        client.says(ASK);
        bench.pass(SECOND);
        worker.ticks();
        worker.hears();
        worker.peer.onWritten();

        String task = worker.says("0100 0003 61736b");
        bench.pass(1);
        task += worker.hears();

        assertThat(task).isEqualTo(hex("0100" + ID1 + TASK));
        assertThat(bench.dispatcher.counters().retriedTimeout()).isZero();
        assertThat(bench.dispatcher.counters().retriedWorkerGone()).isZero();
    }

    @Test
    void leavesASilentReqAloneWhereItMayBeOfAnyDialect() {
        var client = bench.client();
        var worker = bench.silentWorker(WorkerDialects.Choice.AUTO, false);
        client.says(ASK);

        bench.pass(SECOND);
        worker.ticks();

        assertThat(worker.hears()).isEmpty();
    }

    @Test
    void leavesASilentReqAloneLongAfterTheStart() {
        var client = bench.client();
        bench.pass(60 * SECOND);
        var worker = bench.silentWorker(WorkerDialects.Choice.FETCH, true);
        client.says(ASK);

        bench.pass(SECOND);
        worker.ticks();

        assertThat(worker.hears()).isEmpty();
        assertThat(worker.peer.wantsTicks()).isFalse();
    }

    @Test
    void givesASilentLoadBalancingWorkerATaskAndTakesItBackWhenItSaysReady() {
        var client = bench.client();
        var worker = bench.silentWorker(WorkerDialects.Choice.LOAD_BALANCING, false);
        client.says(ASK);
        bench.pass(SECOND);
        worker.ticks();
        assertThat(worker.hears()).isEqualTo(hex("0100" + ID1 + "0100" + TASK));

        assertThat(worker.says(READY_TEXT)).isEqualTo(hex("0100" + ID1 + "0100" + TASK));
        worker.says("0100" + ID1 + "0100 0001 41");

        assertThat(client.hears()).isEqualTo(hex("0100 0001 41"));
    }

    @Test
    void takesTheTaskBackFromASilentLoadBalancingWorkerThatRepliesToOneOfBefore() {
        var client = bench.client();
        var worker = bench.silentWorker(WorkerDialects.Choice.LOAD_BALANCING, false);
        client.says(ASK);
        bench.pass(SECOND);
        worker.ticks();
        assertThat(worker.hears()).isEqualTo(hex("0100" + ID1 + "0100" + TASK));

        assertThat(worker.says("0100" + ID_OF_BEFORE + "0100 0001 42")).isEqualTo(hex("0100" + ID1 + "0100" + TASK));
        worker.says("0100" + ID1 + "0100 0001 41");

        assertThat(client.hears()).isEqualTo(hex("0100 0001 41"));
    }

    @Test
    void knowsALoadBalancingWorkerByItsReplyToATaskOfBefore() {
        var client = bench.client();
        var worker = bench.worker();
        client.says(ASK);

        assertThat(worker.says("0100" + ID_OF_BEFORE + "0100 0001 42")).isEqualTo(hex("0100" + ID1 + "0100" + TASK));
        worker.says("0100" + ID1 + "0100 0001 41");

        assertThat(client.hears()).isEqualTo(hex("0100 0001 41"));
        assertThat(worker.link.drops).containsExactly(DropReason.NOT_ITS_TASK);
    }

    @Test
    void knowsAPirateByItsReplyToATaskOfBefore() {
        var client = bench.client();
        var worker = bench.worker();
        client.says(ASK);

        assertThat(worker.says(ID_OF_BEFORE + "0100 0001 42")).isEmpty();
        assertThat(worker.says("0001 02")).isEqualTo(hex(ID1 + "0100" + TASK));
        assertThat(worker.link.drops).containsExactly(DropReason.NOT_READY);
    }

    /** Where load balancing workers share an endpoint with those that fetch, and are slow to say READY after its start. */
    @Test
    void letsASilentReqThatWasTakenForAFetcherSayWhatItIs() {
        var client = bench.client();
        var worker = bench.silentWorker(WorkerDialects.Choice.AUTO, true);
        bench.pass(SECOND);
        worker.ticks();

        assertThat(worker.says(READY_TEXT)).isEmpty();
        client.says(ASK);
        assertThat(worker.hears()).isEqualTo(hex("0100" + ID1 + "0100" + TASK));
        worker.says("0100" + ID1 + "0100 0001 41");

        assertThat(client.hears()).isEqualTo(hex("0100 0001 41"));
    }

    @Test
    void takesTheTaskBackFromASilentReqThatWasTakenForAFetcherAndIsNone() {
        var client = bench.client();
        var worker = bench.silentWorker(WorkerDialects.Choice.AUTO, true);
        client.says(ASK);
        bench.pass(SECOND);
        worker.ticks();
        assertThat(worker.hears()).isEqualTo(hex("0100" + ID1 + TASK));

        assertThat(worker.says("0100" + ID_OF_BEFORE + "0100 0001 42")).isEqualTo(hex("0100" + ID1 + "0100" + TASK));
        worker.says("0100" + ID1 + "0100 0001 41");

        assertThat(client.hears()).isEqualTo(hex("0100 0001 41"));
        assertThat(bench.dispatcher.counters().returnedUnreceived()).isEqualTo(1);
        assertThat(bench.dispatcher.counters().retriedWorkerGone()).isZero();
    }

    @Test
    void takesNoSilenceOfAUserWhoIsNoWorkerForAFetch() {
        bench.rights = new PeerRights(true, false);
        var client = bench.client();
        client.says("01 00 00 01 61");
        var silent = bench.silentWorker(WorkerDialects.Choice.FETCH, true);

        bench.pass(2 * SECOND);
        silent.ticks();

        assertThat(silent.hears()).isEmpty();
        assertThat(bench.dispatcher.snapshot().workers()).isZero();
    }
}
