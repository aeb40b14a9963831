package io.zmtpbroker.broker.command;

import io.zmtpbroker.broker.BrokerConfig;
import io.zmtpbroker.zmtp.ZmtpLimits;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How much of everything there may be. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class LimitArguments {

    @Option(
            names = "--max-message-bytes",
            paramLabel = "BYTES",
            description = "largest message of a peer; k, m and g are understood (default: ${DEFAULT-VALUE})",
            defaultValue = "64m",
            converter = Bytes.class)
    private Long maxMessageBytes;

    @Option(
            names = "--max-message-frames",
            paramLabel = "N",
            description = "most frames in a message (default: ${DEFAULT-VALUE})",
            defaultValue = "1024")
    private int maxMessageFrames;

    @Option(
            names = "--max-queued-bytes",
            paramLabel = "BYTES",
            description = "requests that wait or run, together; beyond it clients are not read"
                    + " (default: a quarter of the memory for buffers)",
            converter = Bytes.class)
    private @Nullable Long maxQueuedBytes;

    @Option(
            names = "--max-connections",
            paramLabel = "N",
            description = "connections open at a time (default: ${DEFAULT-VALUE})",
            defaultValue = "65536")
    private int maxConnections;

    @Option(
            names = "--handshake-timeout",
            paramLabel = "SECONDS",
            description = "from connection to the end of its handshake (default: ${DEFAULT-VALUE})",
            defaultValue = "30",
            converter = Seconds.class)
    private Duration handshakeTimeout;

    /** Tells a configuration what was typed; throws an {@link IllegalArgumentException} for what makes no sense. */
    void applyTo(BrokerConfig.Builder builder) {
        builder.limits(ZmtpLimits.DEFAULT
                        .withMaxMessageLength(maxMessageBytes)
                        .withMaxMessageFrames(maxMessageFrames)
                        .withHandshakeTimeout(handshakeTimeout))
                .maxConnections(maxConnections);
        if (maxQueuedBytes != null) {
            builder.maxQueuedBytes(maxQueuedBytes);
        }
    }
}
