package io.zmtpbroker.broker.dialect;

import static io.zmtpbroker.broker.dialect.RecordingLink.message;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.zmtpbroker.broker.dispatch.DispatchConfig;
import io.zmtpbroker.broker.dispatch.Dispatcher;
import io.zmtpbroker.broker.dispatch.GonePolicy;
import io.zmtpbroker.broker.dispatch.Intake;
import io.zmtpbroker.broker.dispatch.Service;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/**
 * A dispatcher with peers on connections that only note what is sent. Ids are 1 and 2, then 3 and 4, and so on; the time is
 * {@link #nowNanos}, moved by hand. An attempt may take 10 s, and there may be two.
 */
final class DialectBench {

    static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    /** The frame of the first request's id, with more behind it. */
    static final String ID1 = "0110 0000000000000001 0000000000000002 ";

    /** The frame of the second request's id, with more behind it. */
    static final String ID2 = "0110 0000000000000003 0000000000000004 ";

    final Dispatcher<ByteBuf> dispatcher;
    final Service<ByteBuf> service;
    long nowNanos = 1;

    /** For the envelopes of all workers. */
    EnvelopeRoom envelopes = new EnvelopeRoom(1 << 20);

    /** What workers that come from now on may do. */
    PeerRights rights = PeerRights.ALL;

    private final ByteBufAllocator allocator;
    private long lastId;

    DialectBench() {
        this(UnpooledByteBufAllocator.DEFAULT);
    }

    /** With messages copied to buffers of an allocator. */
    DialectBench(ByteBufAllocator allocator) {
        this.allocator = allocator;
        dispatcher =
                new Dispatcher<>(new DispatchConfig(2, 10 * SECOND, 0, 1 << 20), () -> ++lastId, new IgnoringIntake());
        service = dispatcher.service("");
    }

    /** A connected peer whose dialect is still open or not. */
    final class Side {

        final RecordingLink link = new RecordingLink(allocator);
        Peer peer;

        Side(BiFunction<RecordingLink, Consumer<Peer>, Peer> open) {
            peer = open.apply(link, this::become);
            peer.onOpen(nowNanos);
        }

        private void become(Peer next) {
            peer = next;
            next.onOpen(nowNanos);
        }

        /** The peer sends a message, given in hexadecimal; returns what is sent to it, by now. */
        String says(String hex) {
            peer.onMessage(message(hex), nowNanos);
            return link.takeSent();
        }

        /** What was sent to the peer since the last look. */
        String hears() {
            return link.takeSent();
        }

        void ticks() {
            peer.onTick(nowNanos);
        }

        void goes() {
            peer.onGone(nowNanos);
        }
    }

    Side client() {
        return client(ClientDialects.Choice.AUTO);
    }

    Side client(ClientDialects.Choice choice) {
        return client(new ClientDialects(dispatcher, service, choice));
    }

    /** A client of an endpoint with a service. */
    Side clientOf(String serviceName) {
        return client(new ClientDialects(dispatcher, dispatcher.service(serviceName), ClientDialects.Choice.AUTO));
    }

    private Side client(ClientDialects dialects) {
        return new Side((link, become) ->
                new UndecidedClient(dialects, new ClientSession(dispatcher, GonePolicy.RUN, link, () -> {}), become));
    }

    /** A REQ or DEALER worker that has said nothing yet. */
    Side worker() {
        return worker(WorkerDialects.Choice.AUTO);
    }

    Side worker(WorkerDialects.Choice choice) {
        return new Side((link, become) -> new UndecidedWorker(dialects(choice, 1), link, null, become));
    }

    /** A REQ worker on an endpoint where silence says something. */
    Side silentWorker(WorkerDialects.Choice choice, boolean fetchesLikely) {
        return new Side((link, become) ->
                new UndecidedWorker(dialects(choice, 1), link, new Revival(60 * SECOND, () -> fetchesLikely), become));
    }

    Side rep(int credit) {
        return new Side((link, become) -> new RepPeer(dispatcher, service, link, credit));
    }

    Side answerer() {
        return new Side((link, become) -> new AnswerPeer(dispatcher, link));
    }

    private WorkerDialects dialects(WorkerDialects.Choice choice, int credit) {
        return new WorkerDialects(
                dispatcher,
                service,
                new WorkerRules(choice, credit, SECOND, 2 * SECOND, GonePolicy.RUN, rights),
                envelopes);
    }

    /** Lets so much time pass. */
    void pass(long nanos) {
        nowNanos += nanos;
        dispatcher.onTick(nowNanos);
    }

    /** Ends every request, so that no buffer is left. */
    void end() {
        dispatcher.failAll(nowNanos);
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
