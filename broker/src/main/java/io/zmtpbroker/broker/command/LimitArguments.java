package io.zmtpbroker.broker.command;

import static io.zmtpbroker.broker.command.Given.ifGiven;

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
            description =
                    "largest message of a peer, three quarters of --max-partial-bytes at most; k, m and g are understood"
                            + " (default: 64m, or a sixteenth of the memory for buffers)",
            converter = Bytes.class)
    private @Nullable Long maxMessageBytes;

    @Option(
            names = "--max-frame-bytes",
            paramLabel = "BYTES",
            description = "largest frame of a message (default: as large as the message may be)",
            converter = Bytes.class)
    private @Nullable Long maxFrameBytes;

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
                    + " (default: 3/32 of the memory for buffers)",
            converter = Bytes.class)
    private @Nullable Long maxQueuedBytes;

    @Option(
            names = "--max-queued-bytes-per-client",
            paramLabel = "BYTES",
            description = "requests of one client that wait or run; beyond it that client is not read"
                    + " (default: half of all)",
            converter = Bytes.class)
    private @Nullable Long maxClientBytes;

    @Option(
            names = "--max-partial-bytes",
            paramLabel = "BYTES",
            description =
                    "messages that are not whole, of all peers together; beyond it those that stand still are closed"
                            + " (default: a longest message and an eighth of the memory for buffers)",
            converter = Bytes.class)
    private @Nullable Long maxPartialBytes;

    @Option(
            names = "--max-outgoing-bytes",
            paramLabel = "BYTES",
            description = "what waits to be sent to one peer; beyond it the peer is closed"
                    + " (default: as --max-queued-bytes)",
            converter = Bytes.class)
    private @Nullable Long maxOutgoingBytes;

    @Option(
            names = "--max-connections",
            paramLabel = "N",
            description = "connections open at a time (default: 65536, or what the limit of open files allows)")
    private @Nullable Integer maxConnections;

    @Option(
            names = "--max-connections-per-address",
            paramLabel = "N",
            description = "of these, from one address (default: seven eighths)")
    private @Nullable Integer maxConnectionsPerAddress;

    @Option(
            names = "--max-handshakes",
            paramLabel = "N",
            description = "connections whose handshake is not complete (default: ${DEFAULT-VALUE})",
            defaultValue = "4096")
    private int maxHandshakes;

    @Option(
            names = "--max-handshakes-per-address",
            paramLabel = "N",
            description = "of these, from one address (default: half)")
    private @Nullable Integer maxHandshakesPerAddress;

    @Option(
            names = "--handshake-rate",
            paramLabel = "N",
            description = "PLAIN and CURVE handshakes of one address in a second, in the long run; 0 for no limit"
                    + " (default: ${DEFAULT-VALUE})",
            defaultValue = "200")
    private int handshakeRate;

    @Option(
            names = "--accept-pause",
            paramLabel = "SECONDS",
            description = "between attempts to accept while there are no descriptors left; at least 0.01"
                    + " (default: ${DEFAULT-VALUE})",
            defaultValue = "0.1",
            converter = Seconds.class)
    private Duration acceptPause;

    @Option(
            names = "--max-unknown-commands",
            paramLabel = "N",
            description = "commands of one peer in a second that mean nothing (default: ${DEFAULT-VALUE})",
            defaultValue = "100")
    private int maxUnknownCommands;

    @Option(
            names = "--handshake-timeout",
            paramLabel = "SECONDS",
            description = "from connection to the end of its handshake (default: ${DEFAULT-VALUE})",
            defaultValue = "30",
            converter = Seconds.class)
    private Duration handshakeTimeout;

    /** Tells a configuration what was typed; throws an {@link IllegalArgumentException} for what makes no sense. */
    void applyTo(BrokerConfig.Builder builder) {
        requirePositive("--max-message-bytes", maxMessageBytes);
        requirePositive("--max-frame-bytes", maxFrameBytes);
        requirePositive("--max-message-frames", (long) maxMessageFrames);
        requirePositive("--max-unknown-commands", (long) maxUnknownCommands);
        if (handshakeTimeout.isZero()) {
            throw new IllegalArgumentException("--handshake-timeout must be greater than 0");
        }
        ZmtpLimits zmtp = ZmtpLimits.DEFAULT
                .withMaxMessageFrames(maxMessageFrames)
                .withMaxIgnoredCommandsPerSecond(maxUnknownCommands)
                .withHandshakeTimeout(handshakeTimeout);
        builder.limits(maxFrameBytes == null ? zmtp : zmtp.withMaxFrameLength(maxFrameBytes))
                .maxHandshakes(maxHandshakes)
                .handshakeRate(handshakeRate)
                .acceptPause(acceptPause);
        ifGiven(maxMessageBytes, builder::maxMessageBytes);
        ifGiven(maxQueuedBytes, builder::maxQueuedBytes);
        ifGiven(maxClientBytes, builder::maxQueuedBytesPerClient);
        ifGiven(maxPartialBytes, builder::maxPartialBytes);
        ifGiven(maxOutgoingBytes, builder::maxOutgoingBytes);
        ifGiven(maxConnections, builder::maxConnections);
        ifGiven(maxConnectionsPerAddress, builder::maxConnectionsPerAddress);
        ifGiven(maxHandshakesPerAddress, builder::maxHandshakesPerAddress);
    }

    private static void requirePositive(String option, @Nullable Long value) {
        if (value != null && value < 1) {
            throw new IllegalArgumentException(option + " must be greater than 0, not " + value);
        }
    }
}
