package io.zmtpbroker.broker.access;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** A file of credentials cannot be used. The message is for a user to read: file, line, and what is wrong, without secrets. */
public final class CredentialFileException extends Exception {

    private static final long serialVersionUID = 1;

    private CredentialFileException(String message, Exception cause) {
        super(message, cause);
    }

    /** The file as a whole is no good. */
    static CredentialFileException of(Path file, IllegalArgumentException why) {
        return new CredentialFileException(file + ": " + why.getMessage(), why);
    }

    /** The file as a whole is no good. */
    static CredentialFileException of(Path file, String why) {
        return of(file, new IllegalArgumentException(why));
    }

    /** A line is no good. */
    static CredentialFileException of(Path file, int line, IllegalArgumentException why) {
        return new CredentialFileException(file + ":" + line + ": " + why.getMessage(), why);
    }

    /** The file cannot be read or written. */
    static CredentialFileException of(Path file, IOException why) {
        return new CredentialFileException(file + ": " + reason(why), why);
    }

    private static String reason(IOException why) {
        if (why instanceof NoSuchFileException) {
            return "there is no such file";
        }
        if (why instanceof AccessDeniedException) {
            return "permission denied";
        }
        return why.getMessage() == null ? why.toString() : why.getMessage();
    }
}
