package io.zmtpbroker.broker.net;

import io.netty.channel.Channel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collections;
import java.util.EnumSet;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Binds a Unix socket so that nobody can connect before its permissions are set, and so that nothing is unlinked unseen, as
 * Netty's natives do with whatever has the name: the socket is bound in a directory that only we may enter, made beside its
 * name, and moved to its name when it is ready. A socket can be moved: peers find it by its file, wherever that is.
 *
 * <p>Of two brokers that start at the same instant on the same stale name the later one may take it from the other.
 */
final class SocketFileBinding {

    private static final Set<PosixFilePermission> OURS_ALONE = PosixFilePermissions.fromString("rwx------");
    private static final int NAMES = 36 * 36 * 36;

    /** Listens on a path. */
    interface Binder {
        /** Binds; blocks until it is done. */
        Channel bind(IpcAddress address) throws Exception;
    }

    /**
     * A socket that listens.
     *
     * @param channel its channel
     * @param file its file, under the name asked for
     */
    record Bound(Channel channel, SocketFile file) {}

    private final Path path;
    private final OptionalInt mode;

    /** A binding of a path, with permission bits, or those that the umask leaves. */
    SocketFileBinding(Path path, OptionalInt mode) {
        this.path = path;
        this.mode = mode;
    }

    Bound bind(Binder binder) throws Exception {
        SocketFile stale = SocketFile.staleAt(path);
        Path directory = createPrivateDirectory();
        Path hidden = directory.resolve("s");
        try {
            Channel channel = binder.bind(new IpcAddress(hidden.toString()));
            try {
                return new Bound(channel, publish(hidden, stale));
            } catch (IOException e) {
                channel.close();
                throw e;
            }
        } finally {
            Files.deleteIfExists(hidden);
            Files.delete(directory);
        }
    }

    private SocketFile publish(Path hidden, @Nullable SocketFile stale) throws IOException {
        if (mode.isPresent()) {
            Files.setPosixFilePermissions(hidden, permissions(mode.getAsInt()));
        }
        if (stale != null) {
            stale.deleteIfSame();
        }
        Files.move(hidden, path);
        return SocketFile.at(path);
    }

    /** With a name so short that a path of the allowed length has room for it, unless the last part is very short. */
    private Path createPrivateDirectory() throws IOException {
        while (true) {
            String name = Integer.toString(ThreadLocalRandom.current().nextInt(NAMES), Character.MAX_RADIX);
            Path directory = path.resolveSibling("." + name);
            int excess =
                    directory.resolve("s").toString().getBytes(StandardCharsets.UTF_8).length - IpcAddress.MAX_OCTETS;
            if (excess > 0) {
                throw new IOException("the name of the directory is too long by " + excess + " octets");
            }
            try {
                return Files.createDirectory(directory, PosixFilePermissions.asFileAttribute(OURS_ALONE));
            } catch (FileAlreadyExistsException e) {
                // of another one that starts: another name, then
            }
        }
    }

    /** The bits count down from the owner's read permission, as the constants count up. */
    static Set<PosixFilePermission> permissions(int mode) {
        Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
        PosixFilePermission[] all = PosixFilePermission.values();
        for (int i = 0; i < all.length; i++) {
            if ((mode >> (all.length - 1 - i) & 1) != 0) {
                permissions.add(all[i]);
            }
        }
        return Collections.unmodifiableSet(permissions);
    }
}
