package io.zmtpbroker.zmtp.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/** A blocking socket over a Unix socket's path, with a timeout for reading, which Java's channels do not have. */
final class UnixSocket extends Socket {

    private final SocketChannel channel;
    private final Selector selector = Selector.open();
    private int timeoutMillis;

    UnixSocket(SocketChannel channel) throws IOException {
        this.channel = channel;
        channel.configureBlocking(false);
    }

    static UnixSocket connect(Path path) throws IOException {
        return new UnixSocket(SocketChannel.open(UnixDomainSocketAddress.of(path)));
    }

    @Override
    public synchronized void setSoTimeout(int millis) {
        timeoutMillis = millis;
    }

    @Override
    public InputStream getInputStream() {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] octets, int offset, int length) throws IOException {
                ByteBuffer into = ByteBuffer.wrap(octets, offset, length);
                int count = channel.read(into);
                if (count == 0 && length > 0) {
                    await(SelectionKey.OP_READ);
                    count = channel.read(into);
                }
                return count;
            }
        };
    }

    @Override
    public OutputStream getOutputStream() {
        return new OutputStream() {
            @Override
            public void write(int octet) throws IOException {
                write(new byte[] {(byte) octet}, 0, 1);
            }

            @Override
            public void write(byte[] octets, int offset, int length) throws IOException {
                ByteBuffer from = ByteBuffer.wrap(octets, offset, length);
                while (from.hasRemaining()) {
                    if (channel.write(from) == 0) {
                        await(SelectionKey.OP_WRITE);
                    }
                }
            }
        };
    }

    private void await(int operation) throws IOException {
        SelectionKey key = channel.register(selector, operation);
        int ready = selector.select(timeoutMillis);
        key.cancel();
        selector.selectNow(); // forgets the key
        if (ready == 0) {
            throw new SocketTimeoutException("nothing within " + timeoutMillis + " ms");
        }
    }

    @Override
    public void shutdownOutput() throws IOException {
        channel.shutdownOutput();
    }

    @Override
    public synchronized void close() throws IOException {
        selector.close();
        channel.close();
    }
}
