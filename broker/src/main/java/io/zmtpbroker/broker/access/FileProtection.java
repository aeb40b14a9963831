package io.zmtpbroker.broker.access;

import static java.nio.file.attribute.PosixFilePermission.GROUP_WRITE;
import static java.nio.file.attribute.PosixFilePermission.OTHERS_READ;
import static java.nio.file.attribute.PosixFilePermission.OTHERS_WRITE;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;

/** Whom the permissions of a file let in. Where a file system has no permissions, nothing is checked. */
final class FileProtection {

    private FileProtection() {}

    /** Checks a file with a secret: of those that are neither its owner nor in its group nobody may read it, nor write to it. */
    static void requireSecret(Path file) throws CredentialFileException {
        Set<PosixFilePermission> permissions = permissions(file);
        if (permissions.contains(OTHERS_READ) || permissions.contains(OTHERS_WRITE)) {
            throw CredentialFileException.of(
                    file, new IllegalArgumentException("everybody may read this secret; chmod 600 " + file));
        }
        requireUnchanged(file, permissions);
    }

    /** Checks a file that says who gets in: nobody but its owner may write to it. */
    static void requireUnchanged(Path file) throws CredentialFileException {
        requireUnchanged(file, permissions(file));
    }

    private static void requireUnchanged(Path file, Set<PosixFilePermission> permissions)
            throws CredentialFileException {
        if (permissions.contains(GROUP_WRITE) || permissions.contains(OTHERS_WRITE)) {
            throw CredentialFileException.of(
                    file, new IllegalArgumentException("others than its owner may write to it; chmod go-w " + file));
        }
    }

    private static Set<PosixFilePermission> permissions(Path file) throws CredentialFileException {
        try {
            return Files.getPosixFilePermissions(file);
        } catch (UnsupportedOperationException e) {
            return Set.of();
        } catch (IOException e) {
            throw CredentialFileException.of(file, e);
        }
    }
}
