package io.zmtpbroker.broker.command;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;

/**
 * Keeps out of the log what Netty warns of and an operator can do nothing about; named in {@code logback.xml}.
 *
 * <p>When thousands of connections are closed at once, io_uring has more to report than fits into its completion queue, and Netty
 * says so in many lines. The kernel keeps what does not fit and hands it over when there is room again (IORING_FEAT_NODROP, since
 * Linux 5.5; Netty asks for no less), so nothing is lost. A queue for all of 65536 connections would be megabytes that older
 * kernels want in one piece.
 */
public final class HarmlessWarnings extends Filter<ILoggingEvent> {

    private static final String LOGGER = "io.netty.channel.uring.IoUringIoHandler";
    private static final String QUEUE_FULL = "CompletionQueue overflow detected";

    @Override
    public FilterReply decide(ILoggingEvent event) {
        boolean harmless =
                event.getLoggerName().equals(LOGGER) && event.getMessage().startsWith(QUEUE_FULL);
        return harmless ? FilterReply.DENY : FilterReply.NEUTRAL;
    }
}
