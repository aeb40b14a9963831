package io.zmtpbroker.broker.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.SingleThreadEventLoop;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What io_uring takes in, with real sockets. */
class RingReadingTest {

    private static final int MIB = 1 << 20;

    private static final ReceiveRing RING = ReceiveRing.forRoom(Long.MAX_VALUE);

    private EventLoops loops;
    private SingleThreadEventLoop loop;
    private TurnIntake intake;
    private boolean inTurn;
    private long turnOctets;
    private long longestTurnOctets;

    @BeforeEach
    void start() {
        assumeTrue(ReceiveRing.isSupported(), "no io_uring with a ring of buffers here");
        loops = start(RING);
        loop = loops.loop();
        intake = new TurnIntake(this::beginTurn);
    }

    private static EventLoops start(ReceiveRing ring) {
        return EventLoops.start(Transport.IO_URING, transport -> RingIoHandler.newFactory(ring));
    }

    @AfterEach
    void stop() {
        if (loops != null) {
            loops.group().shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
        }
    }

    @Test
    void readingBeginsAgainHoweverSoonItWasWithdrawn() throws Exception {
        int[] buffers = {0};

        long received = receive(64 * MIB, gate -> {
            if (++buffers[0] % 7 == 0) {
                gate.close(ReadGate.Reason.PEER_SLOW);
                gate.open(ReadGate.Reason.PEER_SLOW);
            }
        });

        assertThat(received).isEqualTo(64 * MIB);
    }

    @Test
    void readingBeginsAgainWhenTheLoopComesToIt() throws Exception {
        int[] buffers = {0};

        long received = receive(64 * MIB, gate -> {
            if (++buffers[0] % 7 == 0) {
                gate.close(ReadGate.Reason.PEER_SLOW);
                loop.execute(() -> gate.open(ReadGate.Reason.PEER_SLOW));
            }
        });

        assertThat(received).isEqualTo(64 * MIB);
    }

    /** Beside what is enough, what was on its way, twice: when reading was withdrawn, and when the kernel heard of it. */
    @Test
    void aTurnTakesInNoMoreThanEnoughAndWhatIsOnItsWay() throws Exception {
        long received = receive(256 * MIB, gate -> {});

        assertThat(received).isEqualTo(256 * MIB);
        assertThat(longestTurnOctets).isLessThan(TurnIntake.ENOUGH_OCTETS + 2 * ReceiveRing.OCTETS);
    }

    /** So many that the ring is used up again and again. Each is stopped by its first buffer, when 32 may be there. */
    @Test
    void peersThatAreStoppedBringOnlyWhatIsOnItsWay() throws Exception {
        assertThatTwentyStoppedPeersBringNoMoreThan(20L * 2 * MIB);
    }

    @Test
    void theyBringLessWhereMemoryIsSmall() throws Exception {
        stop();
        ReceiveRing small = ReceiveRing.forRoom(24 * MIB);
        loops = start(small);
        loop = loops.loop();
        intake = new TurnIntake(this::beginTurn);

        assertThatTwentyStoppedPeersBringNoMoreThan(20L * ReceiveRing.BUFFERS_BEFORE_STOP * small.bufferOctets());
    }

    private void assertThatTwentyStoppedPeersBringNoMoreThan(long mostOctets) throws Exception {
        var octets = new AtomicLong();
        var quiet = new CompletableFuture<Long>();
        Channel listening = listen(channel -> {
            ReadGate gate = new ReadGate(channel);
            channel.pipeline().addLast(new RingReading(intake, gate), new StoppingCounter(octets, gate));
        });
        List<Socket> peers = new ArrayList<>();
        try {
            for (int i = 0; i < 20; i++) {
                Socket peer = connect(listening);
                peers.add(peer);
                send(peer, 64 * MIB);
            }
            loop.schedule(() -> quiet.complete(octets.get()), 1, TimeUnit.SECONDS);

            assertThat(quiet.join()).isPositive().isLessThanOrEqualTo(mostOctets);
        } finally {
            for (Socket peer : peers) {
                peer.close();
            }
            listening.close().sync();
        }
    }

    /** A peer that has seen us close may tell others, and what they say then must come later. */
    @Test
    void theEndOfAConnectionIsToldBeforeAnybodyCanActOnIt() throws Exception {
        List<String> events = new CopyOnWriteArrayList<>();
        Channel listening = listen(channel ->
                channel.pipeline().addLast(new RingReading(intake, new ReadGate(channel)), new EventRecorder(events)));
        try (Socket other = connect(listening)) {
            for (int round = 0; round < 300; round++) {
                events.clear();
                try (Socket ending = connect(listening)) {
                    ending.shutdownOutput();
                    assertThat(ending.getInputStream().read()).isEqualTo(-1);
                    other.getOutputStream().write(1);
                    assertThat(other.getInputStream().read()).isOne();
                }
                assertThat(events).as("round %s", round).containsExactly("end", "octet");
            }
        } finally {
            listening.close().sync();
        }
    }

    private void beginTurn() {
        if (!inTurn) {
            inTurn = true;
            loop.executeAfterEventLoopIteration(() -> {
                inTurn = false;
                longestTurnOctets = Math.max(longestTurnOctets, turnOctets);
                turnOctets = 0;
                intake.endTurn();
            });
        }
    }

    /** Sends so much over one connection; returns how much came within the time of a patient test. */
    private long receive(int octets, Consumer<ReadGate> onBuffer) throws Exception {
        var all = new CompletableFuture<Long>();
        Channel listening = listen(channel -> {
            ReadGate gate = new ReadGate(channel);
            channel.pipeline().addLast(new RingReading(intake, gate), new Receiver(gate, octets, onBuffer, all));
        });
        try (Socket socket = connect(listening)) {
            send(socket, octets);
            return all.completeOnTimeout(-1L, 15, TimeUnit.SECONDS).join();
        } finally {
            listening.close().sync();
        }
    }

    private Channel listen(Consumer<Channel> onAccept) throws InterruptedException {
        var bootstrap = new ServerBootstrap()
                .group(loops.group())
                .channel(Transport.IO_URING.serverChannel(TcpAddress.parse("127.0.0.1:0")))
                .childOption(ChannelOption.RECVBUF_ALLOCATOR, ReadPortion.allocator())
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        onAccept.accept(channel);
                    }
                });
        Transport.IO_URING.configure(bootstrap);
        return bootstrap
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .sync()
                .channel();
    }

    private static Socket connect(Channel listening) throws IOException {
        InetSocketAddress address = (InetSocketAddress) listening.localAddress();
        return new Socket(address.getAddress(), address.getPort());
    }

    private static void send(Socket socket, int octets) {
        new Thread(() -> {
                    byte[] part = new byte[MIB];
                    try {
                        for (int sent = 0; sent < octets; sent += part.length) {
                            socket.getOutputStream().write(part);
                        }
                    } catch (IOException e) {
                        return; // the test has ended before
                    }
                })
                .start();
    }

    private final class Receiver extends SimpleChannelInboundHandler<ByteBuf> {

        private final ReadGate gate;
        private final long expected;
        private final Consumer<ReadGate> onBuffer;
        private final CompletableFuture<Long> all;
        private long received;

        Receiver(ReadGate gate, long expected, Consumer<ReadGate> onBuffer, CompletableFuture<Long> all) {
            this.gate = gate;
            this.expected = expected;
            this.onBuffer = onBuffer;
            this.all = all;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, ByteBuf buffer) {
            beginTurn();
            received += buffer.readableBytes();
            turnOctets += buffer.readableBytes();
            onBuffer.accept(gate);
            if (received >= expected) {
                loop.executeAfterEventLoopIteration(() -> all.complete(received));
            }
        }
    }

    /** Sends each octet back. */
    private static final class EventRecorder extends SimpleChannelInboundHandler<ByteBuf> {

        private final List<String> events;

        EventRecorder(List<String> events) {
            this.events = events;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, ByteBuf buffer) {
            events.add("octet");
            context.writeAndFlush(buffer.retain());
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            events.add("end");
        }
    }

    private static final class StoppingCounter extends SimpleChannelInboundHandler<ByteBuf> {

        private final AtomicLong octets;
        private final ReadGate gate;

        StoppingCounter(AtomicLong octets, ReadGate gate) {
            this.octets = octets;
            this.gate = gate;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, ByteBuf buffer) {
            octets.addAndGet(buffer.readableBytes());
            gate.close(ReadGate.Reason.QUEUE_FULL);
        }
    }
}
