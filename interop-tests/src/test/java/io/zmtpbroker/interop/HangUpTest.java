package io.zmtpbroker.interop;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** SIGHUP does not end the broker, whenever it comes. */
class HangUpTest {
    @TempDir
    private Path folder;

    @Test
    void withoutFilesNothingIsReadAgain() {
        try (BrokerProcess broker = BrokerCommand.with().start()) {
            broker.process().hangUp();

            broker.process().awaitErrors("SIGHUP: there are no files to read again", 1);
            assertThat(broker.process().isAlive()).isTrue();
        }
    }

    /** The command line is read from a FIFO, so the test decides when the broker may go on to start. */
    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    void oneThatComesWhileItStartsIsHeededThen() throws Exception {
        SecureSetup setup = new SecureSetup(SecureSetup.Mechanism.PLAIN, folder);
        setup.add("alice", SecureSetup.CLIENT);
        Path arguments = folder.resolve("arguments");
        assertThat(new ProcessBuilder("mkfifo", arguments.toString()).start().waitFor())
                .isZero();
        ChildProcess starting = BrokerCommand.with("@" + arguments).launch();
        try (OutputStream line = Files.newOutputStream(arguments)) { // it has begun, and reads
            starting.hangUp();
            line.write(String.join("\n", setup.options()).getBytes(UTF_8));
        }
        try (BrokerProcess broker = new BrokerProcess(starting)) {
            broker.process().awaitErrors("credentials now: 1 user of " + setup.users(), 1);
        }
    }
}
