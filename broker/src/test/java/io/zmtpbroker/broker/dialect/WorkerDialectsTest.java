package io.zmtpbroker.broker.dialect;

import static io.zmtpbroker.broker.dialect.DialectBench.ID1;
import static io.zmtpbroker.broker.dialect.DialectBench.ID2;
import static io.zmtpbroker.broker.dialect.DialectBench.SECOND;
import static io.zmtpbroker.broker.dialect.RecordingLink.hex;
import static org.assertj.core.api.Assertions.assertThat;

import io.zmtpbroker.broker.socket.DropReason;
import io.zmtpbroker.zmtp.testing.LeakCheck;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The octets of load balancing, Paranoid Pirate and REP workers, and how a worker's dialect is found. */
@ExtendWith(LeakCheck.class)
class WorkerDialectsTest {

    private static final String ASK = "0100 0002 6869";
    private static final String TASK = "0002 6869";
    private static final String READY_TEXT = "0100 0005 5245414459";
    private static final String READY_OCTET = "0100 0001 01";

    private final DialectBench bench = new DialectBench();

    @AfterEach
    void endEveryRequest() {
        bench.end();
    }

    @ParameterizedTest
    @CsvSource({READY_TEXT, READY_OCTET})
    void servesALoadBalancingWorkerWhoseReplyMakesItReadyAgain(String ready) {
        var client = bench.client();
        var worker = bench.worker();
        client.says(ASK);

        assertThat(worker.says(ready)).isEqualTo(hex("0100" + ID1 + "0100" + TASK));
        assertThat(worker.says("0100" + ID1 + "0100 0001 41")).isEmpty();
        assertThat(client.hears()).isEqualTo(hex("0100 0001 41"));
        assertThat(client.says(ASK)).isEmpty();
        assertThat(worker.hears()).isEqualTo(hex("0100" + ID2 + "0100" + TASK));
    }

    @Test
    void returnsTheEnvelopeOfALoadBalancingWorkersMessageWithItsNextTask() {
        var client = bench.client();
        var worker = bench.worker();
        client.says(ASK);

        assertThat(worker.says("0104 01020304" + READY_TEXT))
                .isEqualTo(hex("0104 01020304 0100" + ID1 + "0100" + TASK));
    }

    @Test
    void servesAPirateThatSaysReadyOrOnlyBeats() {
        var client = bench.client();
        var first = bench.worker();
        var second = bench.worker();
        client.says(ASK);
        client.says(ASK);

        assertThat(first.says("0001 01")).isEqualTo(hex(ID1 + "0100" + TASK));
        assertThat(second.says("0001 02")).as("after a restart of the broker").isEqualTo(hex(ID2 + "0100" + TASK));
        assertThat(first.says(ID1 + "0100 0001 41")).isEmpty();
        assertThat(client.hears()).isEqualTo(hex("0100 0001 41"));
    }

    @Test
    void beatsForAPirateAndGivesItUpWhenItIsIdleAndSilent() {
        var worker = bench.worker();
        worker.says("0001 01");

        bench.pass(SECOND);
        worker.ticks();
        assertThat(worker.hears()).isEqualTo(hex("0001 02"));
        assertThat(worker.link.closedBecause).isEmpty();
        bench.pass(2 * SECOND);
        worker.ticks();
        assertThat(worker.link.closedBecause).contains("silent for 3 heartbeats");
    }

    @Test
    void givesAPirateThatBeatsInsteadOfWorkingAnotherTaskWhenTheTimeOfTheFirstIsOver() {
        var client = bench.client();
        var worker = bench.worker();
        worker.says("0001 01");
        client.says("0100 0101 61 0001 62"); // four frames, which the guide's worker ignores
        worker.hears();
        client.says(ASK);

        assertThat(worker.says("0001 02"))
                .as("it may have beaten before it got the task")
                .isEmpty();
        bench.pass(10 * SECOND);

        assertThat(worker.says("0001 02")).isEqualTo(hex(ID2 + "0100" + TASK));
        worker.says(ID1 + "0100 0001 41");
        assertThat(client.hears()).as("late, but its own").isEqualTo(hex("0100 0001 41"));
        assertThat(worker.says(ID2 + "0100 0001 42")).isEmpty();
        assertThat(client.hears()).isEqualTo(hex("0100 0001 42"));
    }

    @Test
    void givesNoPirateUpThatWorks() {
        var client = bench.client();
        var worker = bench.worker();
        worker.says("0001 01");
        client.says(ASK);

        bench.pass(9 * SECOND);
        worker.ticks();

        assertThat(worker.link.closedBecause).isEmpty();
        worker.says(ID1 + "0100 0001 41");
        assertThat(client.hears()).isEqualTo(hex("0100 0001 41"));
    }

    @Test
    void givesARepOneTaskAtATimeUnasked() {
        var client = bench.client();
        var worker = bench.rep(1);
        client.says(ASK);
        client.says(ASK);

        assertThat(worker.hears()).isEqualTo(hex(ID1 + "0100" + TASK));
        assertThat(worker.says(ID1 + "0100 0101 41 0000")).isEqualTo(hex(ID2 + "0100" + TASK));
        assertThat(client.hears()).isEqualTo(hex("0100 0101 41 0000"));
    }

    @Test
    void givesARepAsManyTasksAsItsCreditAndTakesItsRepliesInAnyOrder() {
        var client = bench.client();
        var worker = bench.rep(2);
        client.says(ASK);
        client.says(ASK);

        assertThat(worker.hears()).isEqualTo(hex(ID1 + "0100" + TASK + ID2 + "0100" + TASK));
        worker.says(ID2 + "0100 0001 42");
        worker.says(ID1 + "0100 0001 41");
        assertThat(client.hears()).isEqualTo(hex("0100 0001 42 0100 0001 41"));
    }

    @Test
    void handsTheTasksOfALostRepOutAgainAtOnce() {
        var client = bench.client();
        var lost = bench.rep(2);
        client.says(ASK);
        client.says(ASK);
        lost.hears();
        lost.peer.onWritten();

        lost.goes();

        var other = bench.rep(2);
        assertThat(other.hears()).isEqualTo(hex(ID1 + "0100" + TASK + ID2 + "0100" + TASK));
    }

    @ParameterizedTest(name = "{2}")
    @CsvSource({
        "0110 0000000000000009 0000000000000009 0100 0001 41, NOT_ITS_TASK, an id that nobody has",
        "0103 414243 0100 0001 41, BAD_REPLY, an address of another kind",
        "0110 0000000000000001 0000000000000002 0001 41, BAD_REPLY, no delimiter",
        "0010 0000000000000001 0000000000000002, BAD_REPLY, nothing but the id",
        "0110 0000000000000001 0000000000000002 0000, BAD_REPLY, no body",
        "0000, BAD_REPLY, nothing",
    })
    void deliversNoReplyThatIsNotToATaskOfThatWorker(String reply, DropReason reason, String what) {
        var client = bench.client();
        var worker = bench.rep(1);
        client.says(ASK);
        worker.hears();

        worker.says(reply);

        assertThat(worker.link.drops).as(what).containsExactly(reason);
        assertThat(client.hears()).isEmpty();
    }

    @Test
    void deliversNoReplyOfOneWorkerToTheTaskOfAnother() {
        var client = bench.client();
        var holder = bench.rep(1);
        client.says(ASK);
        holder.hears();
        var thief = bench.rep(1);
        client.says(ASK);
        thief.hears();

        thief.says(ID1 + "0100 0001 41");

        assertThat(thief.link.drops).containsExactly(DropReason.NOT_ITS_TASK);
        assertThat(client.hears()).isEmpty();
    }

    @Test
    void takesALateReplyOfAWorkerWhoseTimeWasOver() {
        var client = bench.client();
        var slow = bench.rep(1);
        client.says(ASK);
        slow.hears();
        bench.pass(10 * SECOND);

        slow.says(ID1 + "0100 0001 41");

        assertThat(client.hears()).isEqualTo(hex("0100 0001 41"));
        assertThat(bench.dispatcher.counters().lateAnswers()).isOne();
    }

    @Test
    void passesOverTheProbeOfAWorker() {
        var client = bench.client();
        var worker = bench.worker();
        client.says(ASK);

        assertThat(worker.says("0000")).isEmpty();
        assertThat(worker.says(READY_TEXT)).isEqualTo(hex("0100" + ID1 + "0100" + TASK));
        assertThat(worker.link.drops).isEmpty();
    }

    @Test
    void takesAnyOtherTextForAFetch() {
        var client = bench.client();
        var worker = bench.worker();
        client.says(ASK);

        assertThat(worker.says("0100 0003 61736b")).isEqualTo(hex("0100" + ID1 + TASK));
    }

    @Test
    void takesReadyForAFetchWhereThatIsConfigured() {
        var client = bench.client();
        var worker = bench.worker(WorkerDialects.Choice.FETCH);
        client.says(ASK);

        assertThat(worker.says(READY_TEXT)).isEqualTo(hex("0100" + ID1 + TASK));
    }

    @Test
    void refusesThePackedProtocolOfTheMajordomoProject() {
        var worker = bench.worker();

        worker.says("000b aaa4 01 06 4d4450573032 00");

        assertThat(worker.link.closedBecause).contains("not 18/MDP");
    }

    @ParameterizedTest
    @CsvSource({
        "01 00 00 05 66 65 74 63 68, worker",
        "01 00 00 05 52 45 41 44 59, worker",
        "00 01 01, worker",
        "01 00 01 06 4d 44 50 57 30 31 01 01 01 00 01 61, worker",
        "01 00 01 06 4d 44 50 43 30 31 01 01 61 00 01 78, client"
    })
    void refusesThoseWhoBeginAsWhatTheirUserIsNot(String message, String as) {
        bench.rights = new PeerRights(as.equals("worker"), as.equals("client"));
        var refused = bench.worker();
        bench.rights = new PeerRights(as.equals("client"), as.equals("worker"));
        var other = bench.worker();

        refused.says(message);
        other.says(message);

        assertThat(refused.link.refusedBecause).isEqualTo("it began as a " + as + ", and its user is none");
        assertThat(other.link.refusedBecause).isEmpty();
        assertThat(bench.dispatcher.snapshot().workers()).isEqualTo(as.equals("worker") ? 1 : 0);
    }
}
