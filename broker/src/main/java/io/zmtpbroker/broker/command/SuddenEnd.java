package io.zmtpbroker.broker.command;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Ends the process of a broker that can serve nobody any more, so that whoever supervises it starts it again. All that is needed
 * is made beforehand: there may be no memory left, for the log or for the end in order of {@link BrokerProcess} neither.
 */
final class SuddenEnd implements Runnable {

    /** That of a JVM with {@code -XX:+ExitOnOutOfMemoryError}, too. */
    static final int EXIT_CODE = 3;

    private final FileOutputStream errors = new FileOutputStream(FileDescriptor.err);
    private final byte[] line =
            "zmtp-broker: its thread has ended, most likely for want of memory (-Xmx); nothing can be served\n"
                    .getBytes(StandardCharsets.US_ASCII);

    @Override
    public void run() {
        try {
            errors.write(line);
        } catch (IOException e) {
            // Who would read it has gone.
        } finally {
            Runtime.getRuntime().halt(EXIT_CODE);
        }
    }
}
