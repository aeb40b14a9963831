package io.zmtpbroker.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a person sees who types the command. */
class CommandLineTest {
    private static final String ANY = "tcp://127.0.0.1:*";

    /** How a command that does not serve ended. */
    private record Ended(int status, List<String> output, List<String> errors) {
        static Ended of(BrokerCommand command) {
            try (ChildProcess process = command.launch()) {
                int status = process.awaitExit(Limits.SOON);
                return new Ended(
                        status,
                        process.remainingLines(),
                        process.errors().lines().toList());
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "--no-such-option",
                "--tries",
                "--timeout=soon",
                "--client-gone=perhaps",
                "--max-message-bytes=much",
                "one-endpoint-too-many"
            })
    void aWrongArgumentIsOneLineAndTheUsage(String argument) {
        Ended ended = Ended.of(BrokerCommand.with(argument));

        assertThat(ended.status()).isEqualTo(2);
        assertThat(ended.output()).isEmpty();
        assertThat(ended.errors().get(0)).isNotBlank();
        assertThat(ended.errors().get(1)).startsWith("Usage: zmtp-broker");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"127.0.0.1:4161", "tcp://127.0.0.1", "tcp://127.0.0.1:5555x", "inproc://clients"})
    void aWrongEndpointIsOneLineAndTheUsage(String endpoint) {
        Ended ended = Ended.of(BrokerCommand.with().on(endpoint, ANY, ANY));

        assertThat(ended.status()).isEqualTo(2);
        assertThat(ended.output()).isEmpty();
        assertThat(ended.errors().get(0)).contains(endpoint);
        assertThat(ended.errors().get(1)).startsWith("Usage: zmtp-broker");
    }

    @Test
    void aMissingEndpointIsOneLineAndTheUsage() {
        Ended ended = Ended.of(BrokerCommand.with().on(ANY));

        assertThat(ended.status()).isEqualTo(2);
        assertThat(ended.errors().get(0)).containsIgnoringCase("workers");
        assertThat(ended.errors().get(1)).startsWith("Usage: zmtp-broker");
    }

    @Test
    void anAddressInUseIsOneLine() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String endpoint = "tcp://127.0.0.1:" + taken.getLocalPort();

            Ended ended = Ended.of(BrokerCommand.with().on(ANY, endpoint, ANY));

            assertThat(ended.status()).isEqualTo(1);
            assertThat(ended.output()).doesNotContain("ready");
            assertThat(ended.errors()).hasSize(1);
            assertThat(ended.errors().get(0)).contains(endpoint);
        }
    }

    @Test
    void anAddressOfSomebodyElseIsOneLine() {
        Ended ended = Ended.of(BrokerCommand.with().on("tcp://192.0.2.1:4161", ANY, ANY));

        assertThat(ended.status()).isEqualTo(1);
        assertThat(ended.errors()).hasSize(1);
        assertThat(ended.errors().get(0)).contains("tcp://192.0.2.1:4161");
    }

    @Test
    void versionAndHelpGoToStandardOutput() {
        Ended version = Ended.of(BrokerCommand.with("--version").on());
        Ended help = Ended.of(BrokerCommand.with("--help").on());

        assertThat(version.status()).isZero();
        assertThat(version.output().get(0)).matches("zmtp-broker \\d+\\.\\d+\\.\\d+.*");
        assertThat(version.output().get(2)).matches("CURVE by (libsodium 1\\.[0-9.]+|Bouncy Castle.*)");
        assertThat(help.status()).isZero();
        assertThat(String.join("\n", help.output()))
                .contains("CLIENTS", "WORKERS", "ANSWERS", "--tries", "--timeout", "--worker-grace", "--client-gone")
                .contains("--max-queued-bytes", "--max-message-bytes", "--max-message-frames", "--max-connections")
                .contains("--handshake-timeout", "--transport", "--drain", "--version", "--help");
        assertThat(version.errors()).isEmpty();
        assertThat(help.errors()).isEmpty();
    }

    @Test
    void argumentsFromAFile(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(
                folder.resolve("arguments"), "-t 1\n-T\n0.1\n" + ANY + "\n" + ANY + "\n" + ANY + "\n");
        try (BrokerProcess broker = BrokerCommand.with("@" + file).on().start();
                Peers peers = PeerLibrary.JEROMQ.open();
                Client client = Client.req(peers, broker);
                Worker worker = new FetchWorker(peers, broker)) {
            client.ask(Message.of("question"));
            worker.fetch();

            assertThat(client.answer()).as("the only try timed out").isEqualTo(Message.of(""));
        }
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"tcp://*:*", "tcp://127.0.0.1:0"})
    void aFreePortIsChosenAndPrinted(String endpoint) {
        try (BrokerProcess broker =
                        BrokerCommand.with().on(endpoint, endpoint, endpoint).start();
                RunningWorkers workers = PeerLibrary.JEROMQ.start(WorkerPlan.workers(1), broker);
                RunningClients clients = PeerLibrary.JEROMQ.start(ClientPlan.req(1, 1), broker)) {
            assertThat(List.of(broker.clientsPort(), broker.workersPort(), broker.answersPort()))
                    .doesNotHaveDuplicates();
            assertThat(clients.await().right()).isEqualTo(1);
            assertThat(workers.stop().answered()).isEqualTo(1);
        }
    }
}
