package io.zmtpbroker.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the README tells a new user to do. */
class ExamplesTest {
    private static final Pattern SUMMARY =
            Pattern.compile("100 requests in [0-9.]+ s: (\\d+) answered, (\\d+) failed, 0 wrong");

    @Test
    void twoWorkersThatDropATenthAndOneClientWithAHundredRequests() {
        try (BrokerProcess broker = BrokerCommand.with("-t", "3", "-T", "0.2").start();
                ChildProcess first = worker(broker, "--drop", "0.1");
                ChildProcess second = worker(broker, "--drop", "0.1");
                ChildProcess client = example("client.py", "--requests", "100", "--clients", broker.clients())) {
            int status = client.awaitExit(Limits.CROWD);
            List<String> lines = client.remainingLines();

            assertThat(status).as("%s", client).isZero();
            assertThat(lines).hasSize(101);
            assertThat(lines.get(0)).isIn("1 squared: 1", "1 squared: failed");
            var summary = SUMMARY.matcher(lines.get(100));
            assertThat(summary.matches()).as(lines.get(100)).isTrue();
            assertThat(Integer.parseInt(summary.group(1))).isGreaterThan(90);
            assertThat(List.of(first, second)).allMatch(ChildProcess::isAlive);
        }
    }

    @Test
    void aWorkerEndsAfterItsTasks() {
        try (BrokerProcess broker = BrokerCommand.with().start();
                ChildProcess worker = worker(broker, "--tasks", "3");
                ChildProcess client = example("client.py", "-n", "3", "--quiet", "--clients", broker.clients())) {
            assertThat(client.awaitExit(Limits.SOON)).isZero();
            assertThat(worker.awaitExit(Limits.SOON)).isZero();
            assertThat(client.remainingLines()).singleElement().asString().contains("3 answered, 0 failed, 0 wrong");
        }
    }

    private static ChildProcess worker(BrokerProcess broker, String... arguments) {
        return example(
                "worker.py",
                Stream.concat(
                                Stream.of("--workers", broker.workers(), "--answers", broker.answers()),
                                Stream.of(arguments))
                        .toArray(String[]::new));
    }

    private static ChildProcess example(String script, String... arguments) {
        String folder = System.getProperty("zmtp.examples", "../examples");
        var command = new ArrayList<>(
                List.of(RealPeers.python(), Path.of(folder, script).toString()));
        command.addAll(List.of(arguments));
        return ChildProcess.start(command);
    }
}
