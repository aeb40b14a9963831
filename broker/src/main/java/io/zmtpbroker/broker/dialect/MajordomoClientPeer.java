package io.zmtpbroker.broker.dialect;

import io.netty.buffer.ByteBuf;
import io.zmtpbroker.broker.dispatch.Dispatcher;
import io.zmtpbroker.broker.dispatch.Service;
import io.zmtpbroker.broker.socket.DropReason;
import io.zmtpbroker.broker.socket.Envelope;
import io.zmtpbroker.zmtp.wire.Frames;

/**
 * A Majordomo client, which names the service that it asks.
 *
 * <pre>
 * 0.1 (7/MDP)     client -> broker    [envelope..., "", "MDPC01", service, body...]     and the same shape back
 * 0.2 (18/MDP)    client -> broker    ["MDPC02", 01, service, body...]
 *                 broker -> client    ["MDPC02", 02 PARTIAL | 03 FINAL, service, body...]
 * </pre>
 *
 * <p>A request that has failed is answered with one empty frame as body. Services whose names begin with {@code mmi.} are
 * the broker's own (8/MMI).
 */
public final class MajordomoClientPeer implements ClientSide {

    private static final int REQUEST = 1;

    private final Dispatcher<ByteBuf> dispatcher;
    private final MajordomoVersion version;
    private final MajordomoManagement management;
    private final ClientSession session;

    MajordomoClientPeer(Dispatcher<ByteBuf> dispatcher, MajordomoVersion version, ClientSession session) {
        this.dispatcher = dispatcher;
        this.version = version;
        this.management = new MajordomoManagement(dispatcher);
        this.session = session;
    }

    /** Where the service of a client's request stands, or -1 if it does not begin as one of this version. */
    static int serviceAt(ByteBuf message, MajordomoVersion version) {
        int header = version.hasDelimiter() ? Envelope.end(message) : message.readerIndex();
        if (header < 0 || !FrameMatch.is(message, header, version.clientHeader) || !Frames.hasMore(message, header)) {
            return -1;
        }
        int next = Frames.next(message, header);
        if (version.hasDelimiter()) {
            return next;
        }
        boolean request = FrameMatch.octet(message, next) == REQUEST && Frames.hasMore(message, next);
        return request ? Frames.next(message, next) : -1;
    }

    /** Whether a request of 18/MDP begins there: its header, then the command. */
    static boolean beginsRequestOf02(ByteBuf message, int at) {
        if (!FrameMatch.is(message, at, MajordomoVersion.V0_2.clientHeader) || !Frames.hasMore(message, at)) {
            return false;
        }
        int command = Frames.next(message, at);
        return FrameMatch.octet(message, command) == REQUEST && Frames.hasMore(message, command);
    }

    @Override
    public void onOpen(long nowNanos) {
        session.replyAs(version == MajordomoVersion.V0_2 ? ReplyForm.MAJORDOMO_0_2 : ReplyForm.AS_ASKED);
    }

    @Override
    public void onMessage(ByteBuf message, long nowNanos) {
        int serviceAt = serviceAt(message, version);
        if (serviceAt < 0 || !isName(Frames.bodyLength(message, serviceAt))) {
            session.link().dropped(DropReason.BAD_COMMAND);
            return;
        }
        if (!Frames.hasMore(message, serviceAt)) {
            session.link().dropped(DropReason.NO_BODY);
            return;
        }
        int body = Frames.next(message, serviceAt);
        String name = FrameMatch.textAt(message, serviceAt);
        if (MajordomoManagement.isItsService(name)) {
            answerItself(name, message, body);
            return;
        }
        Service<ByteBuf> service = dispatcher.service(name);
        session.ask(service, message, body, nowNanos);
    }

    private static boolean isName(int length) {
        return length > 0 && length <= MajordomoVersion.MAX_SERVICE_LENGTH;
    }

    private void answerItself(String name, ByteBuf message, int body) {
        session.writePrefix(message, message.readerIndex(), body, ClientSession.FINAL);
        message.readerIndex(body);
        management.answer(name, message, session.link().outgoing().buffer());
    }

    @Override
    public ClientSession session() {
        return session;
    }
}
