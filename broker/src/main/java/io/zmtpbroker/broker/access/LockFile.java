package io.zmtpbroker.broker.access;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Keeps others from changing a file that is read, changed and replaced: a file beside it, which only one can make. It is not a
 * lock of the operating system, since that would be one on a file that is about to be replaced, or would have to stay for ever.
 */
final class LockFile implements AutoCloseable {

    /** A change takes milliseconds. */
    static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final long PAUSE_MILLIS = 10;

    private final Path path;

    private LockFile(Path path) {
        this.path = path;
    }

    /**
     * Waits until nobody else changes a file. Blocks.
     *
     * @param patience how long at most
     */
    static LockFile of(Path file, Duration patience) throws CredentialFileException {
        long beganNanos = System.nanoTime();
        try {
            Path target = PrivateFile.target(file);
            Path path = target.resolveSibling("." + target.getFileName() + ".lock");
            while (true) {
                try {
                    PrivateFile.open(path).close();
                    return new LockFile(path);
                } catch (FileAlreadyExistsException e) {
                    if (System.nanoTime() - beganNanos >= patience.toNanos()) {
                        throw new IOException("somebody else is changing it; if nobody is, delete " + path, e);
                    }
                    Thread.sleep(PAUSE_MILLIS);
                }
            }
        } catch (IOException e) {
            throw CredentialFileException.of(file, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CredentialFileException.of(file, new IOException("interrupted while somebody else changed it", e));
        }
    }

    /** Lets others change the file. */
    @Override
    public void close() throws CredentialFileException {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw CredentialFileException.of(path, e);
        }
    }
}
