package io.zmtpbroker.broker.net;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/**
 * The file of a Unix socket, told from others of the same name by its key (device and inode): only what nobody listens on is
 * taken away, and only what is a socket.
 *
 * @param path its name
 * @param key of the file that had this name when we looked
 */
record SocketFile(Path path, Object key) {

    private static final int TYPE_BITS = 0170000;
    private static final int SOCKET_TYPE = 0140000;

    /** The socket that has a name now. */
    static SocketFile at(Path path) throws IOException {
        Object key = keyOf(path);
        if (key == null) {
            throw new NoSuchFileException(path.toString());
        }
        return new SocketFile(path, key);
    }

    /**
     * What a crash has left behind under a name.
     *
     * @return a socket on which nobody listens, or null if the name is free
     * @throws IOException if the file is no socket, if somebody listens on it, or if that cannot be found out
     */
    static @Nullable SocketFile staleAt(Path path) throws IOException {
        Object key = keyOf(path);
        if (key == null) {
            return null;
        }
        int type = (int) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS) & TYPE_BITS;
        if (type != SOCKET_TYPE) {
            throw new IOException("there is a file of that name that is not a socket");
        }
        // Not blocking: one that listens and does not accept would hold us up as long as its backlog is full.
        try (SocketChannel probe = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            probe.configureBlocking(false);
            probe.connect(UnixDomainSocketAddress.of(path));
        } catch (ConnectException nobodyListens) {
            return new SocketFile(path, key);
        } catch (SocketException e) { // no permission; a datagram socket; a backlog that is full
            throw new IOException("it cannot be found out whether somebody listens there (" + e.getMessage() + ")", e);
        }
        throw new BindException("somebody listens there already");
    }

    /** Deletes the file, unless another one has got its name. */
    void deleteIfSame() throws IOException {
        if (key.equals(keyOf(path))) {
            Files.deleteIfExists(path);
        }
    }

    /** Null if there is nothing of that name. */
    private static @Nullable Object keyOf(Path path) throws IOException {
        try {
            return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                    .fileKey();
        } catch (NoSuchFileException e) {
            return null;
        }
    }
}
