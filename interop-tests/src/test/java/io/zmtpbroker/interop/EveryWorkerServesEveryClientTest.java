package io.zmtpbroker.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each client protocol with each worker protocol, of both libraries: several of each at a time, and every answer checked. */
class EveryWorkerServesEveryClientTest {
    private static final int WORKERS = 3;
    private static final int CLIENTS = 2;
    private static final int REQUESTS = 25;

    private static ServiceBroker broker;

    @BeforeAll
    static void start() {
        broker = ServiceBroker.with("-T", "30");
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    static Stream<Arguments> workers() {
        return Arrays.stream(WorkerProtocol.values()).flatMap(protocol -> Arrays.stream(PeerLibrary.values())
                .map(library -> Arguments.of(protocol, library)));
    }

    /** The clients are of the other library: what they agree on is the protocol. */
    @ParameterizedTest(name = "{0} of {1}")
    @MethodSource("workers")
    void answersEveryRequest(WorkerProtocol protocol, PeerLibrary library) {
        String service = ServiceBroker.service(protocol, library);
        PeerLibrary other = library == PeerLibrary.JEROMQ ? PeerLibrary.LIBZMQ : PeerLibrary.JEROMQ;
        Map<ClientProtocol, RunningClients> crowds = new EnumMap<>(ClientProtocol.class);
        try (RunningWorkers workers =
                GuidePeers.start(library, broker.workers(protocol, library).times(WORKERS))) {
            for (ClientProtocol clients : ClientProtocol.values()) {
                crowds.put(
                        clients,
                        GuidePeers.start(other, broker.clients(clients, service).times(CLIENTS, REQUESTS)));
            }

            assertThat(crowds).allSatisfy((clients, crowd) -> assertThat(crowd.await())
                    .matches(it -> it.isAllRight(CLIENTS * REQUESTS), "all right"));
            assertThat(workers.stop().answered()).isEqualTo(crowds.size() * CLIENTS * REQUESTS);
        } finally {
            crowds.values().forEach(RunningClients::close);
        }
    }
}
