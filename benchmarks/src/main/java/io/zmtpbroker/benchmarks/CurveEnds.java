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
import java.util.ArrayDeque;
import java.util.Queue;

/** Two ends of CURVE that speak to each other without a network. */
final class CurveEnds {
    private static final ByteBufAllocator ALLOCATOR = ByteBufAllocator.DEFAULT;

    private final ZmtpMechanismFactory server;
    private final ZmtpMechanismFactory client;

    /** Ends with new keys. */
    CurveEnds() {
        CurveKeyPair serverKeys = CurveKeyPair.generate();
        server = ZmtpMechanisms.curveServer(serverKeys, ZmtpAuthenticator.anyCurveKey());
        client = ZmtpMechanisms.curveClient(CurveKeyPair.generate(), serverKeys.publicKey());
    }

    /** A handshake over, at its two ends; the caller closes both. */
    ZmtpHandshake[] handshake() {
        Shell toServer = new Shell();
        Shell toClient = new Shell();
        ZmtpHandshake connecting = end(ZmtpRole.CONNECTING, SocketType.DEALER, client, toServer);
        ZmtpHandshake accepting = end(ZmtpRole.ACCEPTING, SocketType.ROUTER, server, toClient);
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
