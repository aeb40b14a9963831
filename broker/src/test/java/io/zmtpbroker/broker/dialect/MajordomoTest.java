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
import org.junit.jupiter.params.provider.CsvSource;

/** The octets of 7/MDP, 18/MDP and 8/MMI. */
@ExtendWith(LeakCheck.class)
class MajordomoTest {

    private static final String C01 = "0100 0106 4d4450433031 ";
    private static final String W01 = "0100 0106 4d4450573031 ";
    private static final String C02 = "0106 4d4450433032 ";
    private static final String W02 = "0106 4d4450573032 ";
    private static final String ECHO_MORE = "0104 6563686f ";
    private static final String ECHO_LAST = "0004 6563686f ";
    private static final String ASK_01 = C01 + ECHO_MORE + "0002 6869";
    private static final String ASK_02 = C02 + "0101 01" + ECHO_MORE + "0002 6869";
    private static final String READY_01 = W01 + "0101 01" + ECHO_LAST;
    private static final String READY_02 = W02 + "0101 01" + ECHO_LAST;

    private final DialectBench bench = new DialectBench();

    @AfterEach
    void endEveryRequest() {
        bench.end();
    }

    @Test
    void servesAClientByAWorkerOf01() {
        var client = bench.client();
        var worker = bench.worker();
        client.says(ASK_01);

        assertThat(worker.says(READY_01)).isEqualTo(hex(W01 + "0101 02" + ID1 + "0100 0002 6869"));
        worker.says(W01 + "0101 03" + ID1 + "0100 0001 41");

        assertThat(client.hears()).isEqualTo(hex(C01 + ECHO_MORE + "0001 41"));
    }

    @Test
    void servesAClientByAWorkerOf02WithPartialRepliesInOrder() {
        var client = bench.client();
        var worker = bench.worker();
        client.says(ASK_02);

        assertThat(worker.says(READY_02)).isEqualTo(hex(W02 + "0101 02" + ID1 + "0100 0002 6869"));
        worker.says(W02 + "0101 03" + ID1 + "0100 0001 41");
        worker.says(W02 + "0101 03" + ID1 + "0100 0001 42");
        worker.says(W02 + "0101 04" + ID1 + "0100 0001 43");

        assertThat(client.hears())
                .isEqualTo(hex(C02 + "0101 02" + ECHO_MORE + "0001 41" + C02 + "0101 02" + ECHO_MORE + "0001 42" + C02
                        + "0101 03" + ECHO_MORE + "0001 43"));
    }

    @Test
    void givesAClientThatTakesOneReplyAllPartsInOne() {
        var client = bench.client();
        var worker = bench.worker();
        client.says(ASK_01);
        worker.says(READY_02);

        worker.says(W02 + "0101 03" + ID1 + "0100 0101 41 0001 42");
        worker.says(W02 + "0101 03" + ID1 + "0100 0001 43");
        assertThat(client.hears()).isEmpty();
        worker.says(W02 + "0101 04" + ID1 + "0100 0001 44");

        assertThat(client.hears()).isEqualTo(hex(C01 + ECHO_MORE + "0101 41 0101 42 0101 43 0001 44"));
    }

    @Test
    void closesAWorkerWhosePartsAreTooLongInOne() {
        var client = bench.client();
        var worker = bench.worker();
        client.says(ASK_01);
        worker.says(READY_02);

        for (int i = 0; i < 5; i++) {
            worker.says(W02 + "0101 03" + ID1 + "0100 00ff" + "00".repeat(255));
        }

        assertThat(worker.link.drops).contains(DropReason.REPLY_TOO_LONG);
        assertThat(worker.link.closedBecause).isNotEmpty();
        worker.goes();
    }

    @Test
    void tellsAClientOfAFailureWithOneEmptyFrame() {
        var old = bench.client();
        var young = bench.client();
        old.says(ASK_01);
        young.says(ASK_02);

        bench.end();

        assertThat(old.hears()).isEqualTo(hex(C01 + ECHO_MORE + "0000"));
        assertThat(young.hears()).isEqualTo(hex(C02 + "0101 03" + ECHO_MORE + "0000"));
    }

    @Test
    void keepsServicesApart() {
        var client = bench.client();
        var other = bench.worker();
        other.says(W01 + "0101 01 0003 636174");
        client.says(ASK_01);

        assertThat(other.hears()).isEmpty();
        assertThat(bench.worker().says(READY_01)).isNotEmpty();
    }

    @Test
    void servesAPlainClientByAMajordomoWorkerOfItsEndpointsService() {
        var worker = bench.worker();
        worker.says(W01 + "0101 01" + ECHO_LAST);
        var plain = bench.clientOf("echo");
        plain.says("0100 0002 6869");

        assertThat(worker.hears()).isEqualTo(hex(W01 + "0101 02" + ID1 + "0100 0002 6869"));
        worker.says(W01 + "0101 03" + ID1 + "0100 0001 41");
        assertThat(plain.hears()).isEqualTo(hex("0100 0001 41"));
    }

    @ParameterizedTest(name = "{2}")
    @CsvSource({
        "0101 03 0110 00000000000000010000000000000002 0100 0001 41, NOT_READY, a reply before READY",
        "0001 04, NOT_READY, a heartbeat before READY",
        "0001 01, BAD_READY, READY without a service",
        "0101 01 0000, BAD_READY, READY with an empty service",
        "0101 01 000b 6d6d692e73657276696365, BAD_READY, a service of the broker's own",
    })
    void disconnectsAWorkerThatDoesWhatItMayNot(String command, DropReason reason, String what) {
        var worker = bench.worker();

        assertThat(worker.says(W01 + command)).as(what).isEqualTo(hex(W01 + "0001 05"));
        assertThat(worker.link.drops).containsExactly(reason);
        assertThat(bench.dispatcher.snapshot().workers()).isZero();
    }

    @Test
    void refusesNamesOfServicesThatAreTooLong() {
        var worker = bench.worker();
        var client = bench.client();
        String long256 = "03 0000000000000100" + "61".repeat(256);

        worker.says(W01 + "0101 01" + "02 0000000000000100" + "61".repeat(256));
        client.says(C01 + long256 + "0002 6869");

        assertThat(worker.link.drops).containsExactly(DropReason.BAD_READY);
        assertThat(client.link.drops).containsExactly(DropReason.BAD_COMMAND);
    }

    @Test
    void knowsNoPartialRepliesIn01() {
        var client = bench.client();
        var worker = bench.worker();
        client.says(ASK_01);
        worker.says(READY_01);

        worker.says(W01 + "0101 00" + ID1 + "0100 0001 41");

        assertThat(worker.link.drops).containsExactly(DropReason.BAD_COMMAND);
    }

    @Test
    void forgetsAWorkerThatSaysReadyTwiceAndRetriesItsTask() {
        var client = bench.client();
        var worker = bench.worker();
        client.says(ASK_01);
        worker.says(READY_01);
        worker.peer.onWritten();

        assertThat(worker.says(READY_01)).isEqualTo(hex(W01 + "0001 05"));

        assertThat(bench.worker().says(READY_01)).isEqualTo(hex(W01 + "0101 02" + ID1 + "0100 0002 6869"));
        assertThat(bench.dispatcher.counters().retriedWorkerGone()).isOne();
    }

    @Test
    void sendsNothingMoreToAWorkerThatSaidGoodbye() {
        var client = bench.client();
        var worker = bench.worker();
        worker.says(READY_02);

        assertThat(worker.says(W02 + "0001 06")).isEmpty();
        client.says(ASK_02);
        bench.pass(2 * SECOND);
        worker.ticks();

        assertThat(worker.hears()).isEmpty();
        assertThat(bench.dispatcher.snapshot().workers()).isZero();
    }

    @Test
    void beatsForAWorkerAndGivesItUpWhenItIsIdleAndSilent() {
        var worker = bench.worker();
        worker.says(READY_02);

        bench.pass(2 * SECOND);
        worker.ticks();
        assertThat(worker.hears()).isEqualTo(hex(W02 + "0001 05"));
        worker.says(W02 + "0001 05");
        bench.pass(5 * SECOND);
        worker.ticks();
        assertThat(worker.link.closedBecause).isEmpty();
        bench.pass(SECOND);
        worker.ticks();
        assertThat(worker.link.closedBecause).contains("silent");
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        "6d6d692e73657276696365, 6563686f, 323030, offered",
        "6d6d692e73657276696365, 646f67, 343034, not offered",
        "6d6d692e6563686f, 6563686f, 353031, not implemented",
    })
    void answersForItsOwnServices(String service, String body, String status, String what) {
        var worker = bench.worker();
        worker.says(READY_01);
        var client = bench.client();
        String name = "01%02x".formatted(service.length() / 2) + service;
        String asked = "00%02x".formatted(body.length() / 2) + body;

        assertThat(client.says(C01 + name + asked)).as(what).isEqualTo(hex(C01 + name + "0003" + status));
        assertThat(bench.client().says(C02 + "0101 01" + name + asked))
                .as(what)
                .isEqualTo(hex(C02 + "0101 03" + name + "0003" + status));
    }

    @Test
    void servesClientsAndWorkersOnOneEndpoint() {
        var client = bench.worker();
        var worker = bench.worker();
        client.says(ASK_01);

        assertThat(worker.says(READY_01)).isNotEmpty();
        worker.says(W01 + "0101 03" + ID1 + "0100 0001 41");

        assertThat(client.hears()).isEqualTo(hex(C01 + ECHO_MORE + "0001 41"));
    }

    @ParameterizedTest
    @CsvSource({
        "0104 6563686f, BAD_COMMAND",
        "0106 4d4450433031 0000, BAD_COMMAND",
        "0106 4d4450433031 0004 6563686f, NO_BODY"
    })
    void dropsWhatIsNoRequestOfMajordomoOnceTheClientSpeaksIt(String behindDelimiter, DropReason reason) {
        var client = bench.client();
        client.says(ASK_01);
        String message = "0100" + (behindDelimiter.startsWith("0104") ? behindDelimiter + "0000" : behindDelimiter);

        client.says(message);

        assertThat(client.link.drops).containsExactly(reason);
    }

    @Test
    void takesMajordomosHeaderForABodyWhereClientsArePlain() {
        var client = bench.client(ClientDialects.Choice.PLAIN);
        client.says(ASK_01);
        var worker = bench.rep(1);

        assertThat(worker.hears()).isEqualTo(hex(ID1 + "0100 0106 4d4450433031" + ECHO_MORE + "0002 6869"));
    }
}
