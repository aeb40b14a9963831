package io.zmtpbroker.interop;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZEvent;
import org.zeromq.ZMQ;
import org.zeromq.ZMsg;

/** Sockets of JeroMQ, in this process. */
final class JeroMqPeers implements Peers {
    private static final int LINGER_MILLIS = 5000;

    /**
     * JeroMQ 0.6.0 forgets to register one in a hundred of its new connections with its selector, whoever the other side is
     * (zeromq/jeromq, pull request 1022). Its handshake timer then makes it connect again: soon, not after the usual 30 s.
     */
    private static final int HANDSHAKE_MILLIS = 1000;

    private static final AtomicInteger MONITORS = new AtomicInteger();

    private final ZContext context = new ZContext();

    JeroMqPeers() {
        context.setLinger(LINGER_MILLIS);
    }

    @Override
    public PeerSocket open(SocketSpec spec) {
        return connect(create(spec), spec);
    }

    @Override
    public PeerSocket openConnected(SocketSpec spec) {
        ZMQ.Socket socket = create(spec);
        String events = "inproc://events-" + MONITORS.incrementAndGet();
        try (ZMQ.Socket monitor = context.createSocket(SocketType.PAIR)) {
            if (!socket.monitor(events, ZMQ.EVENT_HANDSHAKE_PROTOCOL) || !monitor.connect(events)) {
                throw new AssertionError("cannot be monitored");
            }
            PeerSocket connected = connect(socket, spec);
            monitor.setReceiveTimeOut((int) Limits.SOON.toMillis());
            if (ZEvent.recv(monitor) == null) {
                throw new AssertionError("no handshake with " + spec.endpoint());
            }
            socket.monitor(null, 0);
            return connected;
        }
    }

    private ZMQ.Socket create(SocketSpec spec) {
        ZMQ.Socket socket = context.createSocket(spec.type());
        socket.setLinger(LINGER_MILLIS);
        socket.setHandshakeIvl(HANDSHAKE_MILLIS);
        spec.options().forEach((option, value) -> set(socket, option, value));
        return socket;
    }

    private static PeerSocket connect(ZMQ.Socket socket, SocketSpec spec) {
        if (!socket.connect(spec.endpoint())) {
            throw new AssertionError("cannot connect to " + spec.endpoint());
        }
        return new JeroMqSocket(socket);
    }

    @Override
    public void close() {
        context.close();
    }

    private static void set(ZMQ.Socket socket, SocketOption option, String value) {
        boolean accepted =
                switch (option) {
                    case IDENTITY -> socket.setIdentity(value.getBytes(UTF_8));
                    case LINGER -> socket.setLinger(Integer.parseInt(value));
                    case SEND_HIGH_WATER_MARK -> socket.setSndHWM(Integer.parseInt(value));
                    case RECEIVE_HIGH_WATER_MARK -> socket.setRcvHWM(Integer.parseInt(value));
                    case SEND_BUFFER -> socket.setSendBufferSize(Integer.parseInt(value));
                    case RECEIVE_BUFFER -> socket.setReceiveBufferSize(Integer.parseInt(value));
                    case REQ_CORRELATE -> socket.setReqCorrelate(value.equals("1"));
                    case REQ_RELAXED -> socket.setReqRelaxed(value.equals("1"));
                    case PROBE_ROUTER -> socket.setProbeRouter(value.equals("1"));
                    case HEARTBEAT -> socket.setHeartbeatIvl(Integer.parseInt(value));
                    case HEARTBEAT_TIMEOUT -> socket.setHeartbeatTimeout(Integer.parseInt(value));
                    case HEARTBEAT_TTL -> socket.setHeartbeatTtl(Integer.parseInt(value));
                    case PLAIN_USERNAME -> socket.setPlainUsername(value);
                    case PLAIN_PASSWORD -> socket.setPlainPassword(value.getBytes(UTF_8));
                    case CURVE_PUBLIC_KEY -> socket.setCurvePublicKey(value.getBytes(UTF_8));
                    case CURVE_SECRET_KEY -> socket.setCurveSecretKey(value.getBytes(UTF_8));
                    case CURVE_SERVER_KEY -> socket.setCurveServerKey(value.getBytes(UTF_8));
                };
        if (!accepted) {
            throw new IllegalArgumentException(option + " cannot be " + value);
        }
    }

    private record JeroMqSocket(ZMQ.Socket socket) implements PeerSocket {
        @Override
        public boolean send(Message message, Duration limit) {
            socket.setSendTimeOut((int) limit.toMillis());
            int last = message.size() - 1;
            for (int index = 0; index < last; index++) {
                if (!socket.sendMore(message.frame(index))) {
                    return false;
                }
            }
            return socket.send(message.frame(last));
        }

        @Override
        public Optional<Message> receive(Duration limit) {
            socket.setReceiveTimeOut((int) limit.toMillis());
            ZMsg message = ZMsg.recvMsg(socket);
            return Optional.ofNullable(message)
                    .map(frames -> Message.of(
                            frames.stream().map(frame -> frame.getData()).toList()));
        }

        @Override
        public void close() {
            socket.close();
        }
    }
}
