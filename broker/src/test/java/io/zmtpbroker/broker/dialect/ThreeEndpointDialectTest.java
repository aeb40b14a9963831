package io.zmtpbroker.broker.dialect;

import static io.zmtpbroker.broker.dialect.RecordingLink.hex;
import static io.zmtpbroker.broker.dialect.RecordingLink.message;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.zmtpbroker.broker.dispatch.DispatchConfig;
import io.zmtpbroker.broker.dispatch.Dispatcher;
import io.zmtpbroker.broker.dispatch.GonePolicy;
import io.zmtpbroker.broker.dispatch.Intake;
import io.zmtpbroker.broker.dispatch.Service;
import io.zmtpbroker.broker.socket.DropReason;
import io.zmtpbroker.zmtp.testing.LeakCheck;
import io.zmtpbroker.zmtp.wire.Borrowed;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The octets of the three-endpoint protocol, and what its peers may send wrong. The first id is 1 and 2, the next 3 and 4. */
@ExtendWith(LeakCheck.class)
class ThreeEndpointDialectTest {

    private static final String FIRST_ID = "0000000000000001 0000000000000002";
    private static final String SECOND_ID = "0000000000000003 0000000000000004";
    private static final String FETCH = "0100 000f 72657175657374696e67207461736b";

    private long lastId;
    private final Dispatcher<ByteBuf> dispatcher =
            new Dispatcher<>(new DispatchConfig(1, 1000, 100, 1 << 20), () -> ++lastId, new IgnoringIntake());
    private final Service<ByteBuf> service = dispatcher.service("");
    private final RecordingLink clientLink = new RecordingLink();
    private final RecordingLink workerLink = new RecordingLink();
    private final RecordingLink answerLink = new RecordingLink();
    private final ClientSession session = new ClientSession(dispatcher, GonePolicy.DROP, clientLink, () -> {});
    private final RequestPeer client = new RequestPeer(session, service);
    private final FetchPeer worker = new FetchPeer(dispatcher, service, workerLink, new EnvelopeRoom(1 << 20));
    private final AnswerPeer answers = new AnswerPeer(dispatcher, answerLink);

    @AfterEach
    void endEveryRequest() {
        dispatcher.failAll(0);
    }

    @Test
    void answersAFetchWithIdAndBodyAndARequestWithEnvelopeAndAnswer() {
        client.onMessage(message("0100 0002 6869"), 0);
        worker.onMessage(message(FETCH), 0);
        answers.onMessage(message("0110" + FIRST_ID + "0003 616263"), 0);

        assertThat(workerLink.takeSent()).isEqualTo(hex("0100 0110" + FIRST_ID + "0002 6869"));
        assertThat(clientLink.takeSent()).isEqualTo(hex("0100 0003 616263"));
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource({
        "0104 2a1f8ea3 0100, a correlation id",
        "0101 41 0102 4242 0101 43 0100, a chain of ROUTERs",
    })
    void putsTheWholeEnvelopeBackInFrontOfTheAnswer(String envelope, String what) {
        client.onMessage(message(envelope + "0002 6869"), 0);
        worker.onMessage(message(FETCH), 0);
        answers.onMessage(message("0110" + FIRST_ID + "0001 61"), 0);

        assertThat(clientLink.takeSent()).as(what).isEqualTo(hex(envelope + "0001 61"));
    }

    @Test
    void passesBodiesOfSeveralAndOfEmptyFramesOn() {
        client.onMessage(message("0100 0100 0101 61 0000"), 0);
        worker.onMessage(message(FETCH), 0);
        answers.onMessage(message("0110" + FIRST_ID + "0100 0000"), 0);

        assertThat(workerLink.takeSent()).isEqualTo(hex("0100 0110" + FIRST_ID + "0100 0101 61 0000"));
        assertThat(clientLink.takeSent()).isEqualTo(hex("0100 0100 0000"));
    }

    @Test
    void tellsTheClientOfAFailureWithOneEmptyFrame() {
        client.onMessage(message("0101 41 0100 0002 6869"), 0);
        worker.onMessage(message(FETCH), 0);
        dispatcher.onTick(1000);

        assertThat(clientLink.takeSent()).isEqualTo(hex("0101 41 0100 0000"));
    }

    @Test
    void answersManyRequestsOfOneDealerEachWithItsOwn() {
        client.onMessage(message("0100 0001 61"), 0);
        client.onMessage(message("0100 0001 62"), 0);
        worker.onMessage(message(FETCH), 0);
        worker.onMessage(message(FETCH), 0);
        answers.onMessage(message("0110" + SECOND_ID + "0001 42"), 0);
        answers.onMessage(message("0110" + FIRST_ID + "0001 41"), 0);

        assertThat(clientLink.takeSent()).isEqualTo(hex("0100 0001 42 0100 0001 41"));
    }

    @Test
    void putsTheEnvelopeOfEachFetchBackInOrder() {
        worker.onMessage(message("0100 0001 61"), 0);
        worker.onMessage(message("0104 01020304 0100 0001 61"), 0);
        worker.onMessage(message("0100 0001 61"), 0);
        for (int i = 0; i < 3; i++) {
            client.onMessage(message("0100 0001 78"), 0);
        }

        assertThat(workerLink.takeSent())
                .isEqualTo(hex("0100 0110" + FIRST_ID + "0001 78"
                        + "0104 01020304 0100 0110" + SECOND_ID + "0001 78"
                        + "0100 0110 0000000000000005 0000000000000006 0001 78"));
    }

    @Test
    void takesAFetchOfSeveralFramesAndOfAnyText() {
        client.onMessage(message("0100 0001 61"), 0);
        worker.onMessage(message("0100 0101 61 0100 0000"), 0);

        assertThat(workerLink.takeSent()).isEqualTo(hex("0100 0110" + FIRST_ID + "0001 61"));
        assertThat(workerLink.drops).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"0002 6869, NO_DELIMITER", "0101 41 0001 42, NO_DELIMITER", "0101 41 0000, NO_BODY"})
    void dropsRequestsAndFetchesWithoutDelimiterOrBody(String hex, DropReason reason) {
        client.onMessage(message(hex), 0);
        worker.onMessage(message(hex), 0);

        assertThat(clientLink.drops).containsExactly(reason);
        assertThat(workerLink.drops).containsExactly(reason);
        assertThat(dispatcher.snapshot().waiting()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "0000, BAD_ANSWER_ID",
        "010f 000000000000000100000000000000 0001 61, BAD_ANSWER_ID",
        "0111 0000000000000001000000000000000200 0001 61, BAD_ANSWER_ID",
        "0010 00000000000000010000000000000002, NO_ANSWER",
        "0110 00000000000000010000000000000003 0001 61, UNKNOWN_REQUEST",
        "0110 00000000000000020000000000000001 0001 61, UNKNOWN_REQUEST",
    })
    void dropsAnswersThatNobodyCanHaveAskedFor(String hex, DropReason reason) {
        client.onMessage(message("0100 0002 6869"), 0);
        worker.onMessage(message(FETCH), 0);

        answers.onMessage(message(hex), 0);

        assertThat(answerLink.drops).containsExactly(reason);
        assertThat(clientLink.takeSent()).isEmpty();
    }

    @Test
    void deliversTheFirstAnswerOnly() {
        client.onMessage(message("0100 0002 6869"), 0);
        worker.onMessage(message(FETCH), 0);
        answers.onMessage(message("0110" + FIRST_ID + "0001 61"), 0);
        answers.onMessage(message("0110" + FIRST_ID + "0001 62"), 0);

        assertThat(clientLink.takeSent()).isEqualTo(hex("0100 0001 61"));
        assertThat(answerLink.drops).containsExactly(DropReason.UNKNOWN_REQUEST);
    }

    @Test
    void keepsNoEnvelopeOfAFetchThatIsTooLong() {
        String half = "01ff" + "41".repeat(255);

        worker.onMessage(message(half.repeat(17) + "0100 0001 61"), 0);

        assertThat(workerLink.drops).containsExactly(DropReason.ENVELOPE_TOO_LONG);
        assertThat(dispatcher.snapshot().idleWorkers()).isZero();
    }

    @Test
    void keepsNoMoreFetchesOpenThanTheLimit() {
        for (int i = 0; i <= FetchEnvelopes.MAX_OPEN; i++) {
            worker.onMessage(message(FETCH), 0);
        }

        assertThat(workerLink.drops).containsExactly(DropReason.TOO_MANY_FETCHES);
    }

    @Test
    void keepsALongBodyWithoutCopyingIt() {
        int length = Borrowed.COPY_BELOW;
        ByteBuf message = Unpooled.directBuffer(length + 11);
        message.writeShort(0x0100).writeByte(2).writeLong(length).writeZero(length);

        client.onMessage(message, 0);
        assertThat(message.refCnt()).isEqualTo(2);

        client.onGone(0);
        assertThat(message.refCnt()).isEqualTo(1);
        message.release();
    }

    private static final class IgnoringIntake implements Intake {

        @Override
        public void pause() {
            throw new AssertionError("the queue is not full");
        }

        @Override
        public void resume() {
            throw new AssertionError("the queue was not full");
        }
    }
}
