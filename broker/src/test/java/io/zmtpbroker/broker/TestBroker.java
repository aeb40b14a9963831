package io.zmtpbroker.broker;

import io.zmtpbroker.broker.dispatch.DispatchSnapshot;
import io.zmtpbroker.broker.net.Endpoint;
import io.zmtpbroker.broker.net.ListenException;
import io.zmtpbroker.broker.net.Transport;
import io.zmtpbroker.zmtp.testing.RawPeer;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** A broker on free ports of this machine, and peers of it. The system property {@code zmtp.transport} names its transport. */
public final class TestBroker implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(5);

    private final Broker broker;

    private TestBroker(Broker broker) {
        this.broker = broker;
    }

    /** Starts a broker with the defaults. */
    public static TestBroker start() {
        return start(config -> {});
    }

    /** Starts a broker with some settings; it drains for no time when it is closed. */
    public static TestBroker start(Consumer<BrokerConfig.Builder> settings) {
        Endpoint any = Endpoint.parse("tcp://127.0.0.1:*");
        var config = BrokerConfig.builder(any, any, any).drain(Duration.ZERO).transport(transport());
        settings.accept(config);
        return startAsConfigured(config);
    }

    /** Starts a broker; it drains for no time when it is closed, unless that is configured. */
    public static TestBroker start(BrokerConfig.Builder config) {
        config.transport(transport());
        return startAsConfigured(config);
    }

    /** Starts a broker on the transport that is configured, and not on the one under test. */
    public static TestBroker startAsConfigured(BrokerConfig.Builder config) {
        try {
            return new TestBroker(Broker.start(config.build()));
        } catch (ListenException e) {
            throw new AssertionError(e);
        }
    }

    private static Transport transport() {
        return Transport.valueOf(System.getProperty("zmtp.transport", "auto").toUpperCase(Locale.ROOT));
    }

    public Broker broker() {
        return broker;
    }

    public RawPeer client(String socketType) {
        return RawPeer.connect(clientsPort(), socketType);
    }

    public RawPeer client(String socketType, String routingId) {
        return RawPeer.connect(clientsPort(), socketType, routingId);
    }

    public RawPeer worker() {
        return worker("REQ");
    }

    public RawPeer worker(String socketType) {
        return RawPeer.connect(broker.endpoints().get(1).endpoint().port(), socketType);
    }

    public RawPeer answerer() {
        return RawPeer.connect(broker.endpoints().get(2).endpoint().port(), "PUSH");
    }

    public int clientsPort() {
        return broker.endpoints().get(0).endpoint().port();
    }

    /** Waits until what the dispatcher holds is as expected. */
    public void await(Predicate<DispatchSnapshot> expected) {
        long limit = System.nanoTime() + LIMIT.toNanos();
        DispatchSnapshot snapshot = broker.snapshot();
        while (!expected.test(snapshot)) {
            if (System.nanoTime() - limit > 0) {
                throw new AssertionError("still " + snapshot);
            }
            Thread.onSpinWait();
            snapshot = broker.snapshot();
        }
    }

    /** Waits until a counter has a value. */
    public void awaitCounter(String name, long expected) {
        long limit = System.nanoTime() + LIMIT.toNanos();
        while (counter(name) != expected) {
            if (System.nanoTime() - limit > 0) {
                throw new AssertionError(name + " is " + counter(name) + " and not " + expected);
            }
            Thread.onSpinWait();
        }
    }

    public long counter(String name) {
        Map<String, Long> counters = broker.counters();
        if (!counters.containsKey(name)) {
            throw new AssertionError("no counter " + name + " in " + counters.keySet());
        }
        return counters.get(name);
    }

    @Override
    public void close() {
        broker.close();
    }
}
