package io.zmtpbroker.broker.access;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;

/** Writes files that only their owner may read. They never exist half written, nor for a moment with other permissions. */
final class PrivateFile {

    private static final String POSIX = "posix";
    private static final int SUFFIX_OCTETS = 8;

    private PrivateFile() {}

    /** Makes a file that was not there. */
    static void create(Path file, String text) throws CredentialFileException {
        try {
            write(file, text);
        } catch (FileAlreadyExistsException e) {
            throw CredentialFileException.of(file, new IOException("the file exists already", e));
        } catch (IOException e) {
            throw CredentialFileException.of(file, e);
        }
    }

    /**
     * Puts a file in the place of another, in one step: who reads it sees the one or the other. Of a symbolic link the file is
     * replaced that it leads to; what is no file, such as a device, is not replaced.
     *
     * @param keepOwnership whether owner, group and permissions stay what they were
     */
    static void replace(Path file, String text, boolean keepOwnership) throws CredentialFileException {
        try {
            boolean there = Files.exists(file);
            Path target = target(file);
            if (there && !Files.isRegularFile(target)) {
                throw new IOException("it is not a regular file, and is left as it is");
            }
            byte[] suffix = new byte[SUFFIX_OCTETS];
            new SecureRandom().nextBytes(suffix);
            Path fresh = target.resolveSibling(
                    "." + target.getFileName() + "." + HexFormat.of().formatHex(suffix));
            try {
                write(fresh, text);
                if (there && keepOwnership) {
                    copyOwnership(target, fresh);
                }
                move(fresh, target);
            } finally {
                Files.deleteIfExists(fresh);
            }
        } catch (IOException e) {
            throw CredentialFileException.of(file, e);
        }
    }

    /** The file that is replaced: where a symbolic link leads to. */
    static Path target(Path file) throws IOException {
        return Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
    }

    /** Makes an empty file that was not there. */
    static FileChannel open(Path file) throws IOException {
        FileAttribute<?>[] mode = supportsPosix(file)
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
        try {
            return FileChannel.open(file, Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW), mode);
        } catch (NoSuchFileException e) {
            throw new IOException("there is no such directory", e);
        }
    }

    private static void write(Path file, String text) throws IOException {
        try (FileChannel channel = open(file)) {
            ByteBuffer octets = StandardCharsets.UTF_8.encode(text);
            while (octets.hasRemaining()) {
                channel.write(octets);
            }
            channel.force(true);
        }
    }

    private static void copyOwnership(Path from, Path to) throws IOException {
        if (!supportsPosix(from)) {
            return;
        }
        PosixFileAttributes old = Files.readAttributes(from, PosixFileAttributes.class);
        var view = Files.getFileAttributeView(to, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        PosixFileAttributes now = view.readAttributes();
        if (!now.owner().equals(old.owner())) {
            view.setOwner(old.owner());
        }
        if (!now.group().equals(old.group())) {
            view.setGroup(old.group());
        }
        view.setPermissions(old.permissions());
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static boolean supportsPosix(Path file) {
        return file.getFileSystem().supportedFileAttributeViews().contains(POSIX);
    }
}
