package io.zmtpbroker.interop;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Optional;
import org.zeromq.SocketType;

/** A ZMTP 3.1 peer framed by hand over a blocking socket, for what no library would do. */
final class RawPeer implements AutoCloseable {
    private final Socket socket = new Socket();
    private final DataInputStream in;
    private final DataOutputStream out;

    private RawPeer(String endpoint, int receiveBufferOctets) {
        int colon = endpoint.lastIndexOf(':');
        String host = endpoint.substring("tcp://".length(), colon);
        try {
            if (receiveBufferOctets > 0) {
                socket.setReceiveBufferSize(receiveBufferOctets);
            }
            socket.setTcpNoDelay(true);
            socket.connect(new InetSocketAddress(host, Integer.parseInt(endpoint.substring(colon + 1))));
            in = new DataInputStream(socket.getInputStream());
            out = new DataOutputStream(socket.getOutputStream());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot connect to " + endpoint, e);
        }
    }

    /** Connected, nothing sent yet. */
    static RawPeer connect(String endpoint) {
        return new RawPeer(endpoint, 0);
    }

    /** Through the handshake, as a socket of that type without a routing id. */
    static RawPeer connect(String endpoint, SocketType type) {
        return handshaken(new RawPeer(endpoint, 0), type);
    }

    /** The same, with a small receive buffer in the kernel, for a peer that will not read. */
    static RawPeer connect(String endpoint, SocketType type, int receiveBufferOctets) {
        return handshaken(new RawPeer(endpoint, receiveBufferOctets), type);
    }

    private static RawPeer handshaken(RawPeer peer, SocketType type) {
        peer.write(WireOctets.GREETING);
        peer.write(WireOctets.readyCommand(type));
        peer.readGreeting();
        String command = peer.receiveCommand();
        if (!command.startsWith("READY")) {
            throw new AssertionError("expected READY, got " + command);
        }
        return peer;
    }

    void write(byte[] octets) {
        try {
            out.write(octets);
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Like {@link #write}, when the broker may have closed already. */
    void tryWrite(byte[] octets) {
        try {
            out.write(octets);
            out.flush();
        } catch (IOException e) {
            // The broker has closed: what the caller expects in the end.
        }
    }

    void writeHex(String octets) {
        write(HexFormat.of().parseHex(octets));
    }

    void send(Message message) {
        write(WireOctets.encoded(message));
    }

    /** Reads the broker's greeting. */
    byte[] readGreeting() {
        return read(64, Limits.SOON);
    }

    /** The next message, commands before it skipped; empty when none began in that time. */
    Optional<Message> receive(Duration limit) {
        var frames = new ArrayList<byte[]>();
        Duration patience = limit;
        while (true) {
            Optional<Frame> frame = readFrame(patience);
            if (frame.isEmpty()) {
                return Optional.empty();
            }
            if ((frame.get().flags & WireOctets.COMMAND) != 0) {
                continue;
            }
            frames.add(frame.get().body);
            patience = Limits.SOON;
            if ((frame.get().flags & WireOctets.MORE) == 0) {
                return Optional.of(Message.of(frames));
            }
        }
    }

    Message receive() {
        return receive(Limits.SOON).orElseThrow(() -> new AssertionError("nothing came within " + Limits.SOON));
    }

    /** Name and data of the next frame, which must be a command, as ISO 8859-1 text. */
    String receiveCommand() {
        Frame frame = readFrame(Limits.SOON).orElseThrow(() -> new AssertionError("no command came"));
        if ((frame.flags & WireOctets.COMMAND) == 0) {
            throw new AssertionError("expected a command, got a frame with flags " + frame.flags);
        }
        return new String(frame.body, 1, frame.body.length - 1, ISO_8859_1);
    }

    /** Reads whatever still comes until the broker closes; how it closed. */
    Farewell awaitClose(Duration limit) {
        long deadlineNanos = System.nanoTime() + limit.toNanos();
        try {
            while (true) {
                socket.setSoTimeout((int) Math.max(1, (deadlineNanos - System.nanoTime()) / 1_000_000));
                if (in.skip(1 << 16) == 0 && in.read() < 0) {
                    return Farewell.FIN;
                }
            }
        } catch (SocketTimeoutException e) {
            throw new AssertionError("the broker has not closed within " + limit, e);
        } catch (SocketException e) {
            return Farewell.RESET;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Says goodbye with FIN, and would still read. */
    void finish() {
        try {
            socket.shutdownOutput();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Breaks the connection with RST, as a host that lost its memory would. */
    void reset() {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How a connection ended. */
    enum Farewell {
        FIN,
        RESET
    }

    private static final class Frame {
        final int flags;
        final byte[] body;

        Frame(int flags, byte[] body) {
            this.flags = flags;
            this.body = body;
        }
    }

    private Optional<Frame> readFrame(Duration limit) {
        try {
            socket.setSoTimeout((int) Math.max(1, limit.toMillis()));
            int flags = in.read();
            if (flags < 0) {
                throw new EOFException("the broker has closed");
            }
            socket.setSoTimeout((int) Limits.SOON.toMillis());
            long length = (flags & WireOctets.LONG) == 0 ? in.readUnsignedByte() : in.readLong();
            return Optional.of(new Frame(flags, in.readNBytes(Math.toIntExact(length))));
        } catch (SocketTimeoutException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private byte[] read(int octets, Duration limit) {
        try {
            socket.setSoTimeout((int) limit.toMillis());
            byte[] read = new byte[octets];
            in.readFully(read);
            return read;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
