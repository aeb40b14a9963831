package io.zmtpbroker.broker;

import io.zmtpbroker.broker.access.AccessReport;
import io.zmtpbroker.broker.dispatch.DispatchSnapshot;
import io.zmtpbroker.broker.net.BrokerServer;
import io.zmtpbroker.broker.net.Endpoint;
import io.zmtpbroker.broker.net.EndpointRole;
import io.zmtpbroker.broker.net.ListenException;
import io.zmtpbroker.broker.net.OpenEndpoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running broker: clients ask at some endpoints, workers fetch and answer at others, until it is stopped.
 * Thread-safe; its work is done on one thread of its own.
 *
 * <pre>{@code
 * var config = BrokerConfig.builder(
 *         Endpoint.parse("tcp://*:4161"), Endpoint.parse("tcp://*:4162"), Endpoint.parse("tcp://*:4163"))
 *     .tries(3)
 *     .timeout(Duration.ofSeconds(2))
 *     .build();
 * try (Broker broker = Broker.start(config)) {
 *     ...
 * }
 * }</pre>
 */
public final class Broker implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger("zmtp-broker");

    private final BrokerServer server;
    private final BrokerConfig config;
    private final List<OpenEndpoint> endpoints;

    private Broker(BrokerServer server, BrokerConfig config, List<OpenEndpoint> endpoints) {
        this.server = server;
        this.config = config;
        this.endpoints = endpoints;
    }

    /**
     * Starts a broker. Returns when all of its endpoints listen, save those that connect: they go on trying.
     *
     * @throws ListenException if an endpoint cannot be bound; then nothing is left running
     * @throws io.zmtpbroker.broker.net.TransportException if the transport that was asked for does not work here
     */
    public static Broker start(BrokerConfig config) throws ListenException {
        BrokerServer server = new BrokerServer(config.net(), config.dispatch());
        try {
            List<OpenEndpoint> endpoints = new ArrayList<>();
            for (EndpointRole role : EndpointRole.values()) {
                for (Endpoint endpoint : config.endpoints(role)) {
                    endpoints.add(server.open(role, endpoint));
                }
            }
            OpenDoors.warnOf(endpoints, config.endpointAccess());
            config.loweredMessageBytes()
                    .ifPresent(octets -> LOG.info(
                            "--max-message-bytes is {}: a sixteenth of the memory for buffers, see -XX:MaxDirectMemorySize",
                            octets));
            config.raisedOutgoingBytes()
                    .ifPresent(octets -> LOG.warn(
                            "--max-outgoing-bytes is {}: a longest message must fit, and more beside it", octets));
            return new Broker(server, config, List.copyOf(endpoints));
        } catch (ListenException e) {
            server.stop(Duration.ZERO).join();
            throw e;
        }
    }

    /** Where the broker listens, with the real ports and paths, and connects to: those for clients, workers, answers. */
    public List<OpenEndpoint> endpoints() {
        return endpoints;
    }

    /** What waits and what runs now. */
    public DispatchSnapshot snapshot() {
        return server.snapshot();
    }

    /** What was counted since the start, by name. */
    public Map<String, Long> counters() {
        return server.counters();
    }

    /**
     * Reads the files of credentials again, each for itself: one that is broken leaves what it said before. Then connections are
     * closed whose users would not get in any more, or with fewer roles. Blocks to read.
     */
    public AccessReload reloadCredentials() {
        AccessReport report = config.access().readAgain();
        return new AccessReload(report.loaded(), report.problems(), server.closeRevoked());
    }

    /**
     * Has somebody told when the broker's thread has ended, or is about to, though nobody has stopped the broker, as for want of
     * heap: it serves nobody any more. What embeds it goes on, and may start another.
     *
     * @param told called on that thread, or here and now if it has ended before; it should allocate nothing, and must not wait
     *     for the broker
     */
    public void onFailure(Runnable told) {
        server.onFailure(told);
    }

    /**
     * Stops: accepts and hands out nothing more, lets running attempts end within the configured limit, fails what is left,
     * delivers, and closes.
     *
     * @return completes when all is done, with the final counters
     */
    public CompletableFuture<Map<String, Long>> stop() {
        return server.stop(config.drain());
    }

    /** Stops and waits for it. */
    @Override
    public void close() {
        stop().join();
    }
}
