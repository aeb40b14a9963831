package io.zmtpbroker.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.zmtpbroker.interop.SecureSetup.Mechanism;
import io.zmtpbroker.interop.StepwiseClient.Step;
import io.zmtpbroker.zmtp.SocketType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A port for clients and workers: a client that comes with a socket that only a worker may have is told so, and gives up. */
class SharedPortTest {
    private static final String ANY_PORT = "tcp://127.0.0.1:*";

    /** libzmq comes again after 200 ms at most. */
    private static final String WATCHED_MILLIS = "700";

    private static final List<SocketType> WORKERS_ONLY = List.of(SocketType.PUSH, SocketType.REP);

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void refusesAClientInItsHandshake(Mechanism mechanism) {
        SecureSetup setup = new SecureSetup(mechanism, folder);
        PeerUser alice = setup.add("alice", SecureSetup.CLIENT);
        PeerUser bob = setup.add("bob", SecureSetup.WORKER);
        try (BrokerProcess broker = start(setup)) {
            for (SocketType type : WORKERS_ONLY) {
                assertThat(answerTo(alice, type, broker)).contains("ERROR").endsWith("400");
                assertThat(answerTo(bob, type, broker)).contains("READY");
                broker.process().awaitErrors("user 'alice' may not come with socket type " + type, 1);
            }
            broker.stop();
            assertThat(broker.counted("connections.forbidden")).isEqualTo(WORKERS_ONLY.size());
            assertThat(broker.counted("violations.not-permitted")).isEqualTo(WORKERS_ONLY.size());
        }
    }

    /** In PLAIN libzmq takes ERROR for a wrong command, since it misspells its own; it gives up all the same. */
    @ParameterizedTest
    @CsvSource({"PLAIN, HANDSHAKE_FAILED_PROTOCOL", "CURVE, HANDSHAKE_FAILED_AUTH"})
    void libzmqDoesNotComeAgain(Mechanism mechanism, String failure) {
        SecureSetup setup = new SecureSetup(mechanism, folder);
        PeerUser alice = setup.add("alice", SecureSetup.CLIENT);
        try (BrokerProcess broker = start(setup);
                PythonPeer push = watched(alice, SocketType.PUSH, broker);
                PythonPeer rep = watched(alice, SocketType.REP, broker)) {
            for (PythonPeer peer : List.of(push, rep)) {
                PythonPeer.Event seen = peer.await("seen", Limits.SOON);

                assertThat(seen.text("events").split(",")).contains(failure).containsOnlyOnce("CONNECTED");
                if (mechanism == Mechanism.CURVE) {
                    assertThat(seen.number("failure")).isEqualTo(400);
                }
            }
            broker.stop();
            assertThat(broker.counted("connections.accepted")).isEqualTo(2);
            assertThat(broker.counted("connections.forbidden")).isEqualTo(2);
        }
    }

    private static BrokerProcess start(SecureSetup setup) {
        return BrokerCommand.with(setup.options()).on("--workers", ANY_PORT).start();
    }

    /** The broker's last command of a handshake. */
    private static String answerTo(PeerUser user, SocketType type, BrokerProcess broker) {
        try (StepwiseClient peer = new StepwiseClient(broker.workersPort(), type, user.mechanism())) {
            return new String(peer.upTo(Step.MESSAGE).peer().command(), StandardCharsets.US_ASCII);
        }
    }

    private static PythonPeer watched(PeerUser user, SocketType type, BrokerProcess broker) {
        List<String> arguments = new ArrayList<>(List.of(WATCHED_MILLIS, type.name(), broker.workers()));
        user.options().forEach((option, value) -> arguments.add(option.pythonName() + "=" + value));
        return PythonPeer.start("monitored.py", arguments.toArray(new String[0]));
    }
}
