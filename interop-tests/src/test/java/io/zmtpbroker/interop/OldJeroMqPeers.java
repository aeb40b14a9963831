package io.zmtpbroker.interop;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.zeromq.SocketType;

/**
 * Sockets of JeroMQ 0.3.6, a port of libzmq 3.2, which speaks ZMTP 2.0. It stands beside the newer JeroMQ in this process, in
 * a class loader of its own, so it is called by reflection.
 */
final class OldJeroMqPeers implements Peers {
    private static final String JAR = System.getProperty("zmtp.old-jeromq.jar", "target/old-peers/jeromq-zmtp20.jar");
    private static final long LINGER_MILLIS = 5000;
    private static final int SEND_MORE = 2;
    private static final int NO_FLAGS = 0;

    private final URLClassLoader library = library();
    private final Called context =
            new Called(null, load("org.zeromq.ZMQ")).call("context", int.class, 1); // one thread for its connections
    private final List<OldSocket> sockets = new ArrayList<>();

    @Override
    public PeerSocket open(SocketSpec spec) {
        OldSocket socket = socket(spec.type());
        spec.options().forEach(socket::set);
        socket.called.call("connect", String.class, spec.endpoint());
        return socket;
    }

    /** A socket that listens on a free port of the loopback interface. */
    Listening listen(SocketType type) {
        OldSocket socket = socket(type);
        Object port = socket.called.call("bindToRandomPort", String.class, "tcp://127.0.0.1").target;
        return new Listening(socket, "tcp://127.0.0.1:" + port);
    }

    record Listening(PeerSocket socket, String endpoint) {}

    @Override
    public void close() {
        sockets.forEach(OldSocket::close);
        context.call("term");
        try {
            library.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private OldSocket socket(SocketType type) {
        OldSocket socket = new OldSocket(context.call("socket", int.class, type.type()));
        socket.called.call("setLinger", long.class, LINGER_MILLIS);
        sockets.add(socket);
        return socket;
    }

    private static URLClassLoader library() {
        try {
            URL jar = Path.of(JAR).toUri().toURL();
            return new URLClassLoader(new URL[] {jar}, ClassLoader.getPlatformClassLoader());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Class<?> load(String name) {
        try {
            return library.loadClass(name);
        } catch (ClassNotFoundException e) {
            throw new AssertionError(JAR + " has no " + name, e);
        }
    }

    /** An object of the library, or null for the static methods of a class; every call gives one again. */
    private record Called(@Nullable Object target, Class<?> type) {
        Called call(String method) {
            return call(method, new Class<?>[0]);
        }

        Called call(String method, Class<?> parameter, Object argument) {
            return call(method, new Class<?>[] {parameter}, argument);
        }

        Called call(String method, Class<?>[] parameters, Object... arguments) {
            try {
                Object result = type.getMethod(method, parameters).invoke(target, arguments);
                return new Called(result, result == null ? Object.class : result.getClass());
            } catch (InvocationTargetException e) {
                throw new AssertionError(method + " of old JeroMQ", e.getCause());
            } catch (ReflectiveOperationException e) {
                throw new LinkageError(method + " of old JeroMQ", e);
            }
        }
    }

    private static final class OldSocket implements PeerSocket {
        private final Called called;
        private boolean closed;

        OldSocket(Called called) {
            this.called = called;
        }

        void set(SocketOption option, String value) {
            switch (option) {
                case IDENTITY -> called.call("setIdentity", byte[].class, value.getBytes(UTF_8));
                case LINGER -> called.call("setLinger", long.class, Long.parseLong(value));
                default -> throw new IllegalArgumentException(option + " is not for old peers");
            }
        }

        @Override
        public boolean send(Message message, Duration limit) {
            called.call("setSendTimeOut", int.class, (int) limit.toMillis());
            int last = message.size() - 1;
            for (int index = 0; index <= last; index++) {
                if (!send(message.frame(index), index < last ? SEND_MORE : NO_FLAGS)) {
                    return false;
                }
            }
            return true;
        }

        private boolean send(byte[] frame, int flags) {
            Class<?>[] parameters = {byte[].class, int.class};
            return Boolean.TRUE.equals(called.call("send", parameters, frame, flags).target);
        }

        @Override
        public Optional<Message> receive(Duration limit) {
            called.call("setReceiveTimeOut", int.class, (int) limit.toMillis());
            List<byte[]> frames = new ArrayList<>();
            do {
                byte[] frame = (byte[]) called.call("recv", int.class, NO_FLAGS).target;
                if (frame == null) {
                    return Optional.empty();
                }
                frames.add(frame);
            } while (Boolean.TRUE.equals(called.call("hasReceiveMore").target));
            return Optional.of(Message.of(frames));
        }

        @Override
        public void close() {
            if (!closed) {
                closed = true;
                called.call("close");
            }
        }
    }
}
