package io.zmtpbroker.benchmarks;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.zmtpbroker.zmtp.Metadata;
import io.zmtpbroker.zmtp.RoutingId;
import io.zmtpbroker.zmtp.SocketType;
import io.zmtpbroker.zmtp.ZmtpLimits;
import io.zmtpbroker.zmtp.ZmtpRole;
import io.zmtpbroker.zmtp.security.CurveKeyPair;
import io.zmtpbroker.zmtp.security.ZmtpAuthenticator;
import io.zmtpbroker.zmtp.security.ZmtpHandshake;
import io.zmtpbroker.zmtp.security.ZmtpLocalEnd;
import io.zmtpbroker.zmtp.security.ZmtpMechanismFactory;
import io.zmtpbroker.zmtp.security.ZmtpMechanisms;
import io.zmtpbroker.zmtp.security.ZmtpSocketPolicy;
import io.zmtpbroker.zmtp.security.ZmtpTraffic;
import io.zmtpbroker.zmtp.wire.Frames;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What does CURVE add to a message of one frame: to seal it, and to seal and open it, as no box opens twice? What does a
 * whole handshake of both ends cost?
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class CurveTrafficBenchmark {
    private static final ByteBufAllocator ALLOCATOR = ByteBufAllocator.DEFAULT;

    /** Octets of the body. */
    @Param({"64", "1024", "65536", "1048576"})
    int bodyLength;

    private ByteBuf message = Unpooled.EMPTY_BUFFER;
    private long delivered;
    private final CurveKeyPair serverKeys = CurveKeyPair.generate();
    private final CurveKeyPair clientKeys = CurveKeyPair.generate();
    private @Nullable ZmtpTraffic client;
    private @Nullable ZmtpTraffic server;

    /** Makes a message and a connection. */
    @Setup(Level.Trial)
    public void connect() {
        message = ALLOCATOR.directBuffer();
        Frames.writeHeader(message, false, bodyLength);
        message.writeZero(bodyLength);
        ZmtpHandshake[] ends = handshake();
        client = ends[0].takeTraffic().orElseThrow();
        server = ends[1].takeTraffic().orElseThrow();
    }

    /** Ends both. */
    @TearDown(Level.Trial)
    public void release() {
        message.release();
        Objects.requireNonNull(client).close();
        Objects.requireNonNull(server).close();
    }

    /** Sealing. */
    @Benchmark
    public boolean seal() {
        return Objects.requireNonNull(client)
                .protect(message.retainedDuplicate(), ALLOCATOR)
                .release();
    }

    /** Sealing at one end and opening at the other. */
    @Benchmark
    public long sealAndOpen() {
        ByteBuf sealed = Objects.requireNonNull(client).protect(message.retainedDuplicate(), ALLOCATOR);
        Objects.requireNonNull(server).expose(sealed, ALLOCATOR, frames -> {
            delivered += frames.readableBytes();
            frames.release();
        });
        return delivered;
    }

    /** The greetings, HELLO, WELCOME, INITIATE and READY, both ends. Does not depend on the length of messages. */
    @Benchmark
    public boolean handshakeOfBothEnds() {
        ZmtpHandshake[] ends = handshake();
        ends[0].close();
        ends[1].close();
        return ends[0].peer().isPresent();
    }

    private ZmtpHandshake[] handshake() {
        Shell toServer = new Shell();
        Shell toClient = new Shell();
        ZmtpHandshake connecting = end(
                ZmtpRole.CONNECTING,
                SocketType.DEALER,
                ZmtpMechanisms.curveClient(clientKeys, serverKeys.publicKey()),
                toServer);
        ZmtpHandshake accepting = end(
                ZmtpRole.ACCEPTING,
                SocketType.ROUTER,
                ZmtpMechanisms.curveServer(serverKeys, ZmtpAuthenticator.anyCurveKey()),
                toClient);
        connecting.start();
        accepting.start();
        while (toServer.carry(accepting) || toClient.carry(connecting)) {
            toClient.runSteps(accepting);
        }
        return new ZmtpHandshake[] {connecting, accepting};
    }

    private static ZmtpHandshake end(ZmtpRole role, SocketType type, ZmtpMechanismFactory mechanism, Shell shell) {
        ZmtpLocalEnd local = new ZmtpLocalEnd(role, ZmtpSocketPolicy.fixed(type), RoutingId.EMPTY, Metadata.EMPTY);
        return new ZmtpHandshake(local, ZmtpLimits.DEFAULT, mechanism, shell);
    }

    /** Keeps what is sent until it is carried to the other end. */
    private static final class Shell implements ZmtpHandshake.Shell {
        private final Queue<Runnable> steps = new ArrayDeque<>();
        private final ByteBuf sent = Unpooled.buffer();

        boolean carry(ZmtpHandshake to) {
            boolean any = sent.isReadable();
            to.advance(sent);
            return any;
        }

        void runSteps(ZmtpHandshake handshake) {
            while (!steps.isEmpty()) {
                steps.remove().run();
                handshake.advance(Unpooled.EMPTY_BUFFER);
            }
        }

        @Override
        public ByteBufAllocator allocator() {
            return ALLOCATOR;
        }

        @Override
        public String peerAddress() {
            return "";
        }

        @Override
        public void send(ByteBuf octets) {
            sent.writeBytes(octets);
            octets.release();
        }

        @Override
        public void resumeWith(Runnable step) {
            steps.add(step);
        }
    }
}
