package io.zmtpbroker.broker.access;

import static java.nio.file.attribute.PosixFilePermission.GROUP_WRITE;
import static java.nio.file.attribute.PosixFilePermission.OTHERS_READ;
import static java.nio.file.attribute.PosixFilePermission.OTHERS_WRITE;

import java.nio.file.Path;
import java.util.OptionalInt;

/** Whom a file must keep out. Where a file system has no permissions or owners, nothing is checked. */
enum FileProtection {

    /** A secret: it is ours or root's, and of those that are neither its owner nor in its group nobody may read it. */
    SECRET {
        @Override
        void check(Path file, FileState state, OptionalInt ourUser) {
            if (state.permissions().contains(OTHERS_READ) || state.permissions().contains(OTHERS_WRITE)) {
                throw new IllegalArgumentException("everybody may read this secret; chmod 600 " + file);
            }
            LIST.check(file, state, ourUser);
            OptionalInt owner = state.owner();
            if (ourUser.isPresent() && owner.isPresent() && owner.getAsInt() != ROOT && !owner.equals(ourUser)) {
                throw new IllegalArgumentException("it belongs to user " + owner.getAsInt()
                        + ", who is neither the one that runs this nor root; chown it");
            }
        }
    },

    /** It says who gets in: nobody but its owner may write to it. */
    LIST {
        @Override
        void check(Path file, FileState state, OptionalInt ourUser) {
            if (state.permissions().contains(GROUP_WRITE) || state.permissions().contains(OTHERS_WRITE)) {
                throw new IllegalArgumentException("others than its owner may write to it; chmod go-w " + file);
            }
        }
    };

    private static final int ROOT = 0;

    /**
     * Checks a file.
     *
     * @param file for the message
     * @param ourUser who we are, if that is known
     * @throws IllegalArgumentException saying what to do about it
     */
    abstract void check(Path file, FileState state, OptionalInt ourUser);
}
