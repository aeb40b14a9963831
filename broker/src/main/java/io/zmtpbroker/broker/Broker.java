package io.zmtpbroker.broker;

import io.zmtpbroker.broker.dispatch.DispatchSnapshot;
import io.zmtpbroker.broker.net.BoundEndpoint;
import io.zmtpbroker.broker.net.BrokerServer;
import io.zmtpbroker.broker.net.EndpointRole;
import io.zmtpbroker.broker.net.ListenException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * A running broker: clients ask at one endpoint, workers fetch at the second and answer at the third, until it is stopped.
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

    private final BrokerServer server;
    private final BrokerConfig config;
    private final List<BoundEndpoint> endpoints;

    private Broker(BrokerServer server, BrokerConfig config, List<BoundEndpoint> endpoints) {
        this.server = server;
        this.config = config;
        this.endpoints = endpoints;
    }

    /**
     * Starts a broker. Returns when all of its endpoints listen.
     *
     * @throws ListenException if an endpoint cannot be bound; then nothing is left running
     */
    public static Broker start(BrokerConfig config) throws ListenException {
        BrokerServer server = new BrokerServer(config.net(), config.dispatch());
        try {
            var endpoints = List.of(
                    server.listen(EndpointRole.CLIENTS, config.clients()),
                    server.listen(EndpointRole.WORKERS, config.workers()),
                    server.listen(EndpointRole.ANSWERS, config.answers()));
            return new Broker(server, config, endpoints);
        } catch (ListenException e) {
            server.stop(Duration.ZERO).join();
            throw e;
        }
    }

    /** Where the broker listens: clients, workers, answers, with the real ports. */
    public List<BoundEndpoint> endpoints() {
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
