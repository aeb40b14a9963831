package io.zmtpbroker.broker;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/** What the broker logs while this is open. */
public final class LogLines extends AppenderBase<ILoggingEvent> implements AutoCloseable {

    private static final Logger LOGGER = (Logger) LoggerFactory.getLogger("zmtp-broker");

    private final List<String> lines = new CopyOnWriteArrayList<>();

    public LogLines() {
        start();
        LOGGER.addAppender(this);
    }

    /** The lines so far that contain a text. */
    public List<String> with(String text) {
        return lines.stream().filter(line -> line.contains(text)).toList();
    }

    /** Waits for the first line that contains a text. */
    public String await(String text) {
        long limit = System.nanoTime() + 5_000_000_000L;
        while (with(text).isEmpty()) {
            if (System.nanoTime() - limit > 0) {
                throw new AssertionError("no '" + text + "' in " + lines);
            }
            Thread.onSpinWait();
        }
        return with(text).get(0);
    }

    @Override
    protected void append(ILoggingEvent event) {
        lines.add(event.getFormattedMessage());
    }

    @Override
    public void close() {
        LOGGER.detachAppender(this);
        stop();
    }
}
