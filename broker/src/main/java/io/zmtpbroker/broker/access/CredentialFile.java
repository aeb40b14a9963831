package io.zmtpbroker.broker.access;

import java.nio.file.Path;

/**
 * What a file says, until it is read again and says something else. Thread-safe.
 *
 * @param <T> what it says
 */
final class CredentialFile<T> {

    private final Path path;
    private final Reader<T> reader;
    private volatile T content;

    /**
     * How a file is read.
     *
     * @param <T> what it says
     */
    interface Reader<T> {

        T read(Path file) throws CredentialFileException;
    }

    /** Reads the file for the first time. */
    CredentialFile(Path path, Reader<T> reader) throws CredentialFileException {
        this.path = path;
        this.reader = reader;
        this.content = reader.read(path);
    }

    Path path() {
        return path;
    }

    T content() {
        return content;
    }

    /** Reads the file again. If that fails nothing changes. */
    void readAgain() throws CredentialFileException {
        content = reader.read(path);
    }
}
