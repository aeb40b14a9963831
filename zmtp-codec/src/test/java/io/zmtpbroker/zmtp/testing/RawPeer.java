package io.zmtpbroker.zmtp.testing;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * A ZMTP 3.0 peer with the NULL mechanism, framed by hand on a blocking socket: it shares no code with what it tests, and it
 * can misbehave. Every read fails after five seconds without an octet. Not thread-safe.
 */
public final class RawPeer implements AutoCloseable {

    private static final int TIMEOUT_MILLIS = 5000;
    private static final int GREETING_LENGTH = 64;
    private static final int SIGNATURE_LENGTH = 10;
    private static final int MORE = 1;
    private static final int LONG = 2;
    private static final int COMMAND = 4;

    private final Socket socket;
    private final DataInputStream in;
    private final OutputStream out;

    private RawPeer(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new DataInputStream(socket.getInputStream());
        this.out = socket.getOutputStream();
    }

    /** Connects to a port of this machine and says nothing. */
    public static RawPeer silent(int port) {
        return silent(port, 0);
    }

    /** Connects with a receive buffer of so many octets (0 for the system's choice) and says nothing. */
    public static RawPeer silent(int port, int receiveBuffer) {
        try {
            Socket socket = new Socket();
            if (receiveBuffer > 0) {
                socket.setReceiveBufferSize(receiveBuffer);
            }
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MILLIS);
            socket.setTcpNoDelay(true);
            return over(socket);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Connects as from another machine, 127.0.0.2, and completes the handshake. */
    public static RawPeer connectFromElsewhere(int port, String socketType) {
        RawPeer peer = silentFromElsewhere(port);
        peer.handshake(socketType, "");
        return peer;
    }

    /** Connects as from another machine, 127.0.0.2, and says nothing. */
    public static RawPeer silentFromElsewhere(int port) {
        try {
            Socket socket = new Socket();
            socket.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 2}), 0));
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MILLIS);
            socket.setTcpNoDelay(true);
            return over(socket);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Connects to a Unix socket and says nothing. */
    public static RawPeer silent(Path path) {
        try {
            return over(UnixSocket.connect(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits, five seconds at most, for somebody to come to a socket of this machine, and says nothing. */
    public static RawPeer accept(ServerSocket listener) {
        try {
            listener.setSoTimeout(TIMEOUT_MILLIS);
            return over(listener.accept());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits for somebody to come to a Unix socket, and says nothing. */
    public static RawPeer accept(ServerSocketChannel listener) {
        try {
            return over(new UnixSocket(listener.accept()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static RawPeer over(Socket socket) throws IOException {
        socket.setSoTimeout(TIMEOUT_MILLIS);
        return new RawPeer(socket);
    }

    /** Connects as an anonymous socket of a type, and completes the handshake. */
    public static RawPeer connect(int port, String socketType) {
        return connect(port, socketType, "");
    }

    /** Connects as a socket of a type with a routing id, and completes the handshake. */
    public static RawPeer connect(int port, String socketType, String routingId) {
        RawPeer peer = silent(port);
        peer.handshake(socketType, routingId);
        return peer;
    }

    /** Connects to a Unix socket as an anonymous socket of a type, and completes the handshake. */
    public static RawPeer connect(Path path, String socketType) {
        RawPeer peer = silent(path);
        peer.handshake(socketType, "");
        return peer;
    }

    /**
     * Connects as a socket of a peer that speaks ZMTP 2.0, as libzmq 3.x does, and completes its greeting.
     *
     * @param socketType its number: REQ 3, REP 4, DEALER 5, PUSH 8
     */
    public static RawPeer zmtp20(int port, int socketType, String routingId) {
        RawPeer peer = silent(port);
        byte[] id = routingId.getBytes(StandardCharsets.US_ASCII);
        peer.send(new byte[] {(byte) 0xff, 0, 0, 0, 0, 0, 0, 0, (byte) (id.length + 1), 0x7f});
        if (peer.octets(SIGNATURE_LENGTH + 1)[SIGNATURE_LENGTH] < 1) {
            throw new AssertionError("not even ZMTP 2.0");
        }
        peer.send(new byte[] {1, (byte) socketType});
        peer.octets(1); // the other side's type
        peer.send(frame(0, id));
        peer.receive(); // its routing id
        return peer;
    }

    /** Sends greeting and READY, and reads those of the other side. */
    public void handshake(String socketType, String routingId) {
        send(greeting());
        send(ready(socketType, routingId));
        octets(GREETING_LENGTH);
        byte[] body = command();
        if (body.length < 6 || !new String(body, 1, 5, StandardCharsets.US_ASCII).equals("READY")) {
            throw new AssertionError("not READY but " + HexFormat.of().formatHex(body));
        }
    }

    /** A greeting of ZMTP 3.0 with the NULL mechanism. */
    public static byte[] greeting() {
        return greeting("NULL");
    }

    /** A greeting of ZMTP 3.0 with a mechanism of which we are the client. */
    public static byte[] greeting(String name) {
        byte[] greeting = new byte[GREETING_LENGTH];
        greeting[0] = (byte) 0xff;
        greeting[9] = 0x7f;
        greeting[10] = 3;
        byte[] mechanism = name.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(mechanism, 0, greeting, 12, mechanism.length);
        return greeting;
    }

    /** A READY command with Socket-Type and Identity. */
    public static byte[] ready(String socketType, String routingId) {
        var body = new ByteArrayOutputStream();
        body.write(5);
        body.writeBytes("READY".getBytes(StandardCharsets.US_ASCII));
        property(body, "Socket-Type", socketType);
        property(body, "Identity", routingId);
        return frame(COMMAND, body.toByteArray());
    }

    private static void property(ByteArrayOutputStream body, String name, String value) {
        body.write(name.length());
        body.writeBytes(name.getBytes(StandardCharsets.US_ASCII));
        body.writeBytes(new byte[] {0, 0, 0, (byte) value.length()});
        body.writeBytes(value.getBytes(StandardCharsets.US_ASCII));
    }

    /** One frame with these flags; the long form where the body needs it. */
    public static byte[] frame(int flags, byte[] body) {
        var frame = new ByteArrayOutputStream();
        if (body.length > 255) {
            frame.write(flags | LONG);
            for (int shift = 56; shift >= 0; shift -= 8) {
                frame.write((int) ((long) body.length >>> shift));
            }
        } else {
            frame.write(flags);
            frame.write(body.length);
        }
        frame.writeBytes(body);
        return frame.toByteArray();
    }

    /** Sends octets as they are. */
    public void send(byte[] octets) {
        try {
            out.write(octets);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends octets given in hexadecimal; blanks are left out. */
    public void sendHex(String hex) {
        send(HexFormat.of().parseHex(hex.replace(" ", "")));
    }

    /** Sends one message of text frames. */
    public void sendMessage(String... frames) {
        byte[][] bodies = new byte[frames.length][];
        for (int i = 0; i < frames.length; i++) {
            bodies[i] = frames[i].getBytes(StandardCharsets.UTF_8);
        }
        sendMessage(bodies);
    }

    /** Sends one message of frames. */
    public void sendMessage(byte[]... frames) {
        var message = new ByteArrayOutputStream();
        for (int i = 0; i < frames.length; i++) {
            message.writeBytes(frame(i < frames.length - 1 ? MORE : 0, frames[i]));
        }
        send(message.toByteArray());
    }

    /** The next message, its frames read as text. */
    public List<String> receiveText() {
        return receive().stream()
                .map(frame -> new String(frame, StandardCharsets.UTF_8))
                .toList();
    }

    /** The next message; commands in front of it are passed over. */
    public List<byte[]> receive() {
        List<byte[]> frames = new ArrayList<>();
        while (true) {
            int flags = octets(1)[0];
            byte[] body = body(flags);
            if ((flags & COMMAND) != 0) {
                continue;
            }
            frames.add(body);
            if ((flags & MORE) == 0) {
                return frames;
            }
        }
    }

    /** The body of the next frame, which must be a command. */
    public byte[] command() {
        int flags = octets(1)[0];
        if ((flags & COMMAND) == 0) {
            throw new AssertionError("a command was expected, not a frame with flags " + flags);
        }
        return body(flags);
    }

    private byte[] body(int flags) {
        try {
            long length = (flags & LONG) == 0 ? in.readUnsignedByte() : in.readLong();
            return octets(Math.toIntExact(length));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads so many octets as they are. */
    public byte[] octets(int count) {
        byte[] octets = new byte[count];
        try {
            in.readFully(octets);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return octets;
    }

    /** Reads and drops what still comes until the other side ends; true if it ended with FIN, false if with a reset. */
    public boolean awaitEnd() {
        try {
            in.transferTo(OutputStream.nullOutputStream());
            return true;
        } catch (EOFException e) {
            return true;
        } catch (java.net.SocketTimeoutException e) {
            throw new AssertionError("the other side did not end", e);
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Sends octets one at a time, each when nothing has come for a while, until the other side ends; what comes is dropped.
     *
     * @return how many were sent before that; all, if the other side has not ended
     */
    public int dribble(byte[] octets, int paceMillis) {
        try {
            socket.setSoTimeout(paceMillis);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        int sent = 0;
        while (sent < octets.length && !endsAt(octets[sent])) {
            sent++;
        }
        restoreTimeout();
        return sent;
    }

    /** Whether the other side ends at this octet, or has ended before. */
    private boolean endsAt(byte octet) {
        try {
            out.write(octet);
            in.transferTo(OutputStream.nullOutputStream());
            return true;
        } catch (java.net.SocketTimeoutException e) {
            return false;
        } catch (IOException e) { // reset: something of ours was not read
            return true;
        }
    }

    /** Whether nothing comes within a time. */
    public boolean hearsNothingFor(int millis) {
        try {
            socket.setSoTimeout(millis);
            return in.read() < 0;
        } catch (java.net.SocketTimeoutException e) {
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            restoreTimeout();
        }
    }

    private void restoreTimeout() {
        try {
            socket.setSoTimeout(TIMEOUT_MILLIS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends our sending side; the other side may go on. */
    public void finish() {
        try {
            socket.shutdownOutput();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends with a reset instead of FIN. */
    public void reset() {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        hangUp();
    }

    /** Ends the connection, with FIN unless something was left unread. May be called more than once. */
    public void hangUp() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
