package io.zmtpbroker.broker.command;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.spi.FilterReply;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What the log of the command leaves out. */
class HarmlessWarningsTest {

    private static final String RING = "io.netty.channel.uring.IoUringIoHandler";

    @Test
    void theLogLeavesOutThatTheCompletionQueueWasFull() {
        assertThat(decided(RING, "CompletionQueue overflow detected, consider increasing size: {} "))
                .isEqualTo(FilterReply.DENY);
    }

    @Test
    void andNothingElse() {
        assertThat(decided(RING, "Unexpected exception in the IO event loop.")).isEqualTo(FilterReply.NEUTRAL);
        assertThat(decided("zmtp-broker", "CompletionQueue overflow detected")).isEqualTo(FilterReply.NEUTRAL);
    }

    /** By the configuration that the jar has. */
    private static FilterReply decided(String logger, String message) {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        Appender<?> errors = context.getLogger(Logger.ROOT_LOGGER_NAME).getAppender("STDERR");
        assertThat(errors.getCopyOfAttachedFiltersList()).hasSize(1);
        var event = new LoggingEvent("", context.getLogger(logger), Level.WARN, message, null, null);
        return context.getLogger(Logger.ROOT_LOGGER_NAME).getAppender("STDERR").getFilterChainDecision(event);
    }
}
