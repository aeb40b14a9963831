package io.zmtpbroker.interop;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * A broker with endpoints of their own, and so a service of its own, for each worker protocol and each library: so a test can
 * ask one kind of worker and no other. The first endpoint of each kind belongs to the common service.
 */
final class ServiceBroker implements AutoCloseable {
    private static final List<String> SERVICES = Arrays.stream(WorkerProtocol.values())
            .flatMap(protocol -> Arrays.stream(PeerLibrary.values()).map(library -> service(protocol, library)))
            .toList();

    private final List<String> options;
    private final String loadBalancingQuery;
    private BrokerProcess broker;

    private ServiceBroker(List<String> options, String loadBalancingQuery, Supplier<String> endpoints) {
        this.options = options;
        this.loadBalancingQuery = loadBalancingQuery;
        broker = start(IntStream.range(0, 2 * SERVICES.size() + 3)
                .mapToObj(number -> endpoints.get())
                .toList());
    }

    static ServiceBroker with(String... options) {
        return new ServiceBroker(List.of(options), "", () -> "tcp://127.0.0.1:*");
    }

    /** One that can be killed and come back. */
    static ServiceBroker thatComesBackWith(String... options) {
        return new ServiceBroker(List.of(options), "", LastingPort::endpoint);
    }

    /** One that can come back; the endpoints of load balancing workers say that they are none other. */
    static ServiceBroker ofSettledDialectsWith(String... options) {
        return new ServiceBroker(List.of(options), "&dialect=lb", LastingPort::endpoint);
    }

    static String service(WorkerProtocol protocol, PeerLibrary library) {
        return protocol.label() + "-" + library.name().toLowerCase(Locale.ROOT);
    }

    BrokerProcess broker() {
        return broker;
    }

    GuideWorkerPlan workers(WorkerProtocol protocol, PeerLibrary library) {
        String service = service(protocol, library);
        String workers = broker.endpoints("workers").get(1 + SERVICES.indexOf(service));
        return GuideWorkerPlan.of(protocol, workers, broker.answers(), service);
    }

    /** Clients of a service: those that do not name it ask at its endpoint. */
    GuideClientPlan clients(ClientProtocol protocol, String service) {
        String clients = protocol.namesItsService()
                ? broker.clients()
                : broker.endpoints("clients").get(1 + SERVICES.indexOf(service));
        return GuideClientPlan.of(protocol, clients, service);
    }

    /** Kills it, and starts another one on the same ports. */
    void killAndRestart() {
        kill();
        restart();
    }

    void kill() {
        broker.process().kill();
    }

    /** Starts another one, on the ports of the one that was killed. */
    void restart() {
        var addresses = new ArrayList<String>();
        for (String role : List.of("clients", "workers", "answers")) {
            addresses.addAll(broker.endpoints(role));
        }
        broker.close();
        broker = start(addresses);
    }

    /** Addresses: of clients, the common one first, then of workers, then of answers. */
    private BrokerProcess start(List<String> addresses) {
        int services = SERVICES.size();
        var all = new ArrayList<>(options);
        for (int number = 0; number < services; number++) {
            String service = SERVICES.get(number);
            all.add("--clients=" + addresses.get(1 + number) + "?service=" + service);
            all.add("--workers=" + addresses.get(2 + services + number) + "?service=" + service + query(service));
        }
        return BrokerCommand.with(all.toArray(String[]::new))
                .on(addresses.get(0), addresses.get(1 + services), addresses.get(2 + 2 * services))
                .start();
    }

    private String query(String service) {
        if (service.startsWith(WorkerProtocol.DEALER.label())) {
            return "&dialect=dealer";
        }
        return service.startsWith("lb-") ? loadBalancingQuery : "";
    }

    @Override
    public void close() {
        broker.close();
    }
}
