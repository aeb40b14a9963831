package io.zmtpbroker.broker.dialect;

import static io.zmtpbroker.broker.dialect.DialectBench.ID1;
import static io.zmtpbroker.broker.dialect.RecordingLink.hex;
import static io.zmtpbroker.broker.dialect.RecordingLink.message;
import static org.assertj.core.api.Assertions.assertThat;

import io.zmtpbroker.broker.dispatch.GonePolicy;
import io.zmtpbroker.broker.dispatch.Request;
import io.zmtpbroker.zmtp.testing.LeakCheck;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LeakCheck.class)
class ClientSessionTest {

    private final DialectBench bench = new DialectBench();
    private final RecordingLink before = new RecordingLink();
    private final RecordingLink after = new RecordingLink();
    private int forgotten;
    private final ClientSession session =
            new ClientSession(bench.dispatcher, GonePolicy.RUN, before, () -> forgotten++);

    @AfterEach
    void endEveryRequest() {
        bench.end();
    }

    @Test
    void isForgottenAtOnceWhenNothingIsOpen() {
        session.gone(bench.nowNanos);

        assertThat(forgotten).isOne();
    }

    @Test
    void isForgottenWhenItsLastRequestEndsWhileItIsAway() {
        ask();
        session.gone(bench.nowNanos);
        assertThat(forgotten).isZero();

        bench.end();

        assertThat(forgotten).isOne();
        assertThat(before.takeSent()).isEmpty();
    }

    /** A connection is a channel with all of its handlers: more than its open requests, and in no limit any more. */
    @Test
    void holdsOnToNoConnectionThatHasEnded() {
        ask();

        session.gone(bench.nowNanos);

        assertThat(session.link()).isNotSameAs(before);
    }

    @Test
    void missesTheRepliesThatComeWhileItIsAway() {
        ask();
        session.gone(bench.nowNanos);
        var worker = bench.rep(1);
        worker.says(ID1 + "0100 0001 41");

        session.moveTo(after, bench.nowNanos);

        assertThat(before.takeSent()).isEmpty();
        assertThat(before.replaced).isFalse();
        assertThat(after.takeSent()).isEmpty();
        assertThat(session.link()).isSameAs(after);
    }

    @Test
    void isGivenItsRepliesWhereItCameBack() {
        ask();
        session.gone(bench.nowNanos);

        session.moveTo(after, bench.nowNanos);
        var worker = bench.rep(1);
        worker.says(ID1 + "0100 0001 41");

        assertThat(after.takeSent()).isEqualTo(hex("0100 0001 41"));
        assertThat(before.takeSent()).isEmpty();
        assertThat(before.replaced).as("it was closed already").isFalse();
        assertThat(forgotten).isZero();
    }

    @Test
    void closesTheConnectionThatItLeaves() {
        session.moveTo(after, bench.nowNanos);

        assertThat(before.replaced).isTrue();
        assertThat(session.isAway()).isFalse();
    }

    @Test
    void isServedAgainWhenTheConnectionThatItLeftWasBlocked() {
        ask();
        session.blocked();

        session.moveTo(after, bench.nowNanos);
        var worker = bench.rep(1);

        assertThat(worker.hears()).isNotEmpty();
    }

    @Test
    void isChargedForItselfOnceAsLongAsItHasOpenRequests() {
        int request = 6 + Request.OVERHEAD_OCTETS;
        var named = new ClientSession(bench.dispatcher, GonePolicy.RUN, before, () -> forgotten++, 500);

        ask(named);
        assertThat(named.queuedOctets()).isEqualTo(500 + request);
        ask(named);
        assertThat(named.queuedOctets()).isEqualTo(500 + 2 * request);
        ask();
        assertThat(session.queuedOctets()).as("a client without a name").isEqualTo(request);

        bench.end();
        assertThat(named.queuedOctets()).isZero();
    }

    private void ask(ClientSession asking) {
        asking.ask(bench.service, message("0100 0002 6869"), 2, bench.nowNanos);
    }

    private void ask() {
        session.ask(bench.service, message("0100 0002 6869"), 2, bench.nowNanos);
    }
}
