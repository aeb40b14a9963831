package io.zmtpbroker.interop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * The classes that a broker loads to serve, in a file that the JVM maps (class data sharing): the tests start more than a hundred
 * brokers, which then are ready in half of the time. It is made once for a JVM, a jar and a transport, by whichever test comes
 * first; where the JVM can make none, brokers start without it.
 */
final class ClassArchive {
    private static final Path FOLDER = Path.of("target", "class-archives").toAbsolutePath();

    private ClassArchive() {}

    /** What tells a JVM to take its classes from there, when it runs the broker's jar on this transport; an empty one: on any. */
    static List<String> options(String transport) {
        try {
            long made = Files.getLastModifiedTime(BrokerCommand.JAR).toMillis();
            Path archive =
                    FOLDER.resolve(String.join("-", System.getProperty("java.vm.version"), transport, made + ".jsa"));
            if (!Files.exists(archive)) {
                makeOnce(archive, transport);
            }
            return Files.size(archive) == 0 ? List.of() : List.of("-XX:SharedArchiveFile=" + archive);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Other tests wait meanwhile, in this process and in others. */
    private static synchronized void makeOnce(Path archive, String transport) throws IOException {
        Files.createDirectories(FOLDER);
        try (FileChannel file =
                        FileChannel.open(FOLDER.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = file.lock()) {
            if (lock.isValid() && !Files.exists(archive)) {
                make(archive, transport);
            }
        }
    }

    /** Leaves an empty file where there can be none, so that it is not tried again. */
    private static void make(Path archive, String transport) throws IOException {
        Path young = Files.createTempFile(FOLDER, "young", ".jsa");
        try (BrokerProcess broker = BrokerCommand.choosingTransport()
                        .transport(transport)
                        .withoutClassArchive()
                        .jvm("-Xlog:disable", "-XX:ArchiveClassesAtExit=" + young)
                        .start();
                Bystanders peers = new Bystanders(broker)) {
            peers.assertServed();
        }
        Files.move(young, archive, StandardCopyOption.ATOMIC_MOVE);
    }
}
