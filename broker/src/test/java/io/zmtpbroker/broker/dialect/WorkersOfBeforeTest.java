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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Workers that were there before the broker's restart: those that wait in silence, and those that reply to a task of before. */
@ExtendWith(LeakCheck.class)
class WorkersOfBeforeTest {

    private static final String ID_OF_BEFORE = "0110 00000000000000a1 00000000000000a2 ";
    private static final String ASK = "0100 0002 6869";
    private static final String BODY = "0002 6869";
    private static final String TASK_OF_FETCH = hex("0100" + ID1 + BODY);
    private static final String TASK_OF_LOAD_BALANCING = hex("0100" + ID1 + "0100" + BODY);
    private static final String READY_TEXT = "0100 0005 5245414459";
    private static final String REPLY = "0100" + ID1 + "0100 0001 41";
    private static final String REPLY_OF_BEFORE = "0100" + ID_OF_BEFORE + "0100 0001 42";
    private static final String ANSWER = hex("0100 0001 41");

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
        silence(worker);

        assertThat(worker.hears()).isEqualTo(TASK_OF_FETCH);
        var answers = bench.answerer();
        answers.says(ID1 + "0001 41");
        assertThat(client.hears()).isEqualTo(ANSWER);
    }

    @Test
    void takesTheTaskBackAtNoCostWhenTheSilentReqFetchesAfterAll() {
        var client = bench.client();
        var worker = bench.silentWorker(WorkerDialects.Choice.FETCH, false);
        client.says(ASK);
        silence(worker);
        worker.hears();
        worker.peer.onWritten();

        String task = worker.says("0100 0003 61736b");
        bench.pass(1);
        task += worker.hears();

        assertThat(task).isEqualTo(TASK_OF_FETCH);
        assertThat(bench.dispatcher.counters().retriedTimeout()).isZero();
        assertThat(bench.dispatcher.counters().retriedWorkerGone()).isZero();
    }

    @Test
    void leavesASilentReqAloneWhereItMayBeOfAnyDialect() {
        var client = bench.client();
        var worker = bench.silentWorker(WorkerDialects.Choice.AUTO, false);
        client.says(ASK);

        silence(worker);

        assertThat(worker.hears()).isEmpty();
    }

    @Test
    void leavesASilentReqAloneLongAfterTheStart() {
        var client = bench.client();
        bench.pass(60 * SECOND);
        var worker = bench.silentWorker(WorkerDialects.Choice.FETCH, true);
        client.says(ASK);

        silence(worker);

        assertThat(worker.hears()).isEmpty();
        assertThat(worker.peer.wantsTicks()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {READY_TEXT, REPLY_OF_BEFORE})
    void givesASilentLoadBalancingWorkerATaskAndTakesItBackWhenItDoesNotAnswerThat(String first) {
        var client = bench.client();
        var worker = bench.silentWorker(WorkerDialects.Choice.LOAD_BALANCING, false);
        client.says(ASK);
        silence(worker);
        assertThat(worker.hears()).isEqualTo(TASK_OF_LOAD_BALANCING);

        assertThat(worker.says(first)).isEqualTo(TASK_OF_LOAD_BALANCING);
        assertReplies(worker, client);
    }

    @Test
    void knowsALoadBalancingWorkerByItsReplyToATaskOfBefore() {
        var client = bench.client();
        var worker = bench.worker();
        client.says(ASK);

        assertThat(worker.says(REPLY_OF_BEFORE)).isEqualTo(TASK_OF_LOAD_BALANCING);
        assertReplies(worker, client);
        assertThat(worker.link.drops).containsExactly(DropReason.NOT_ITS_TASK);
    }

    @Test
    void knowsAPirateByItsReplyToATaskOfBefore() {
        var client = bench.client();
        var worker = bench.worker();
        client.says(ASK);

        assertThat(worker.says(ID_OF_BEFORE + "0100 0001 42")).isEmpty();
        assertThat(worker.says("0001 02")).isEqualTo(hex(ID1 + "0100" + BODY));
        assertThat(worker.link.drops).containsExactly(DropReason.NOT_READY);
    }

    /** Where load balancing workers share an endpoint with those that fetch, and are slow to say READY after its start. */
    @Test
    void letsASilentReqThatWasTakenForAFetcherSayWhatItIs() {
        var client = bench.client();
        var worker = bench.silentWorker(WorkerDialects.Choice.AUTO, true);
        silence(worker);

        assertThat(worker.says(READY_TEXT)).isEmpty();
        client.says(ASK);
        assertThat(worker.hears()).isEqualTo(TASK_OF_LOAD_BALANCING);
        assertReplies(worker, client);
    }

    @Test
    void takesTheTaskBackFromASilentReqThatWasTakenForAFetcherAndIsNone() {
        var client = bench.client();
        var worker = bench.silentWorker(WorkerDialects.Choice.AUTO, true);
        client.says(ASK);
        silence(worker);
        assertThat(worker.hears()).isEqualTo(TASK_OF_FETCH);

        assertThat(worker.says(REPLY_OF_BEFORE)).isEqualTo(TASK_OF_LOAD_BALANCING);
        assertReplies(worker, client);
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

    private static void assertReplies(DialectBench.Side worker, DialectBench.Side client) {
        worker.says(REPLY);

        assertThat(client.hears()).isEqualTo(ANSWER);
    }

    /** For long enough to be taken for one that waits. */
    private void silence(DialectBench.Side worker) {
        bench.pass(SECOND);
        worker.ticks();
    }
}
