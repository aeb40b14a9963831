package io.zmtpbroker.broker.access;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What one look at a file tells of it; symbolic links are followed. Two looks that tell the same have seen the same file with the
 * same content.
 *
 * @param kind what it is
 * @param permissions empty where the file system has none
 * @param owner the number of its owner; empty where the file system has none
 * @param content what changes with the file and with its content
 */
record FileState(Kind kind, Set<PosixFilePermission> permissions, OptionalInt owner, List<@Nullable Object> content) {

    private static final String UNIX = "unix";
    private static final Path OURSELVES = Path.of("/proc/self/status");

    /** What a path leads to. */
    enum Kind {
        REGULAR_FILE,
        DIRECTORY,
        /** A FIFO, a device, a socket: opening it may block, or do something. */
        OTHER
    }

    /** Looks at a file without opening it. */
    static FileState of(Path file) throws IOException {
        boolean unix = file.getFileSystem().supportedFileAttributeViews().contains(UNIX);
        Map<String, @Nullable Object> found = Files.readAttributes(file, unix ? UNIX + ":*" : "*");
        List<@Nullable Object> content = new ArrayList<>();
        for (String name : List.of("fileKey", "size", "lastModifiedTime", "ctime")) {
            content.add(found.get(name));
        }
        return new FileState(kind(found), permissions(found), owner(found), content);
    }

    private static Kind kind(Map<String, @Nullable Object> found) {
        if (Boolean.TRUE.equals(found.get("isRegularFile"))) {
            return Kind.REGULAR_FILE;
        }
        return Boolean.TRUE.equals(found.get("isDirectory")) ? Kind.DIRECTORY : Kind.OTHER;
    }

    private static Set<PosixFilePermission> permissions(Map<String, @Nullable Object> found) {
        return found.get("permissions") instanceof Collection<?> all
                ? all.stream().map(PosixFilePermission.class::cast).collect(Collectors.toUnmodifiableSet())
                : Set.of();
    }

    private static OptionalInt owner(Map<String, @Nullable Object> found) {
        return found.get("uid") instanceof Integer uid ? OptionalInt.of(uid) : OptionalInt.empty();
    }

    /** The number of the user that this process runs as; empty where there is no {@code /proc}. */
    static OptionalInt ourUser() {
        try (Stream<String> lines = Files.lines(OURSELVES)) {
            return lines.filter(line -> line.startsWith("Uid:"))
                    .mapToInt(line -> Integer.parseUnsignedInt(line.split("\\s+", -1)[2])) // the effective one
                    .findFirst();
        } catch (IOException | UncheckedIOException e) {
            return OptionalInt.empty();
        }
    }
}
