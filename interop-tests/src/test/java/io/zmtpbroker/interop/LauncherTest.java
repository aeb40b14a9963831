package io.zmtpbroker.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The script that runs the broker with JVM options that suit it. */
class LauncherTest {
    private static final Path SCRIPT = BrokerCommand.LAUNCHER;
    private static final int CLIENTS = 4;
    private static final int REQUESTS = 2000;

    @TempDir
    private Path folder;

    private record Ended(int status, List<String> output, String errors) {}

    private static Ended run(String javaOptions, Path script, String... arguments) {
        var command = new ArrayList<>(List.of(
                "env", "JAVA_HOME=" + System.getProperty("java.home"), "JAVA_OPTS=" + javaOptions, script.toString()));
        command.addAll(List.of(arguments));
        try (ChildProcess process = ChildProcess.start(command)) {
            int status = process.awaitExit(Limits.SOON);
            return new Ended(status, process.remainingLines(), process.errors());
        }
    }

    @Test
    void runsTheBrokerOfItsCheckoutAlsoThroughALink() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("broker"), SCRIPT.toRealPath());

        Ended direct = run("", SCRIPT, "--version");
        Ended linked = run("", link, "--version");

        assertThat(direct.status()).isZero();
        assertThat(direct.output().get(0)).startsWith("zmtp-broker ");
        assertThat(linked).isEqualTo(direct);
    }

    @Test
    void hasAQuietCollectorUnlessTheUserWantsAnother() {
        String flags = "-XX:+PrintFlagsFinal";

        assertThat(run(flags, SCRIPT, "--version").output())
                .anyMatch(line -> line.matches(".* UseSerialGC +:?= true .*command line.*"));
        assertThat(run(flags + " -XX:-UseSerialGC -XX:+UseParallelGC", SCRIPT, "--version")
                        .output())
                .anyMatch(line -> line.matches(".* UseParallelGC +:?= true .*command line.*"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"UseG1GC", "UseParallelGC", "UseSerialGC"})
    void aCollectorOfTheUserTakesThePlaceOfTheQuietOne(String collector) {
        Ended ended = run("-XX:+PrintFlagsFinal -XX:+" + collector, SCRIPT, "--version");

        assertThat(ended.errors()).isEmpty();
        assertThat(ended.status()).isZero();
        assertThat(ended.output())
                .filteredOn(line -> line.matches(" *bool Use(G1|Parallel|Serial|Z|Shenandoah|Epsilon)GC +:?= true .*"))
                .singleElement()
                .asString()
                .contains(" " + collector + " ");
    }

    /** Requests enough that both compilers are at work, on whatever transport the broker takes. */
    @Test
    void servesRequestsAsItIs() {
        try (BrokerProcess broker =
                BrokerCommand.choosingTransport().byLauncher().start()) {
            GuideWorkerPlan work = GuideWorkerPlan.of(WorkerProtocol.LB_REQ, broker.workers(), broker.answers(), "");
            GuideClientPlan ask = GuideClientPlan.of(ClientProtocol.DEALER, broker.clients(), "");
            try (GuideWorkers workers = GuidePeers.start(PeerLibrary.JEROMQ, work.times(CLIENTS));
                    RunningClients clients = GuidePeers.start(PeerLibrary.JEROMQ, ask.times(CLIENTS, REQUESTS))) {
                assertThat(clients.await().isAllRight(CLIENTS * REQUESTS)).isTrue();
                assertThat(workers.stop().answered()).isEqualTo(CLIENTS * REQUESTS);
            }
        }
    }

    /** It is Netty's own business, and the JVM says nothing about a method that is not there. */
    @Test
    void theMethodThatItHasInlinedIsThere() throws IOException, ClassNotFoundException {
        Matcher inlined = Pattern.compile("(?m)^inlined='(\\S+)::(\\w+)'$").matcher(Files.readString(SCRIPT));

        assertThat(inlined.find()).isTrue();
        Class<?> type = Class.forName(inlined.group(1), false, getClass().getClassLoader());
        assertThat(type.getDeclaredMethods()).extracting(Method::getName).contains(inlined.group(2));
    }

    @Test
    void endsRatherThanLimpsWithoutHeap() {
        assertThat(run("-XX:+PrintFlagsFinal", SCRIPT, "--version").output())
                .anyMatch(line -> line.matches(".* ExitOnOutOfMemoryError +:?= true .*command line.*"));
    }

    @Test
    void givesArgumentsOnAsTheyAre() {
        Ended ended = run("", SCRIPT, "tcp://*:0", "inproc://a b&c");

        assertThat(ended.status()).isEqualTo(2);
        assertThat(ended.errors()).contains("'inproc://a b&c' is not an endpoint");
    }

    @Test
    void saysWhereTheJarIsMissing() throws IOException {
        Path alone = Files.copy(SCRIPT, folder.resolve("zmtp-broker"));

        Ended ended = run("", alone);

        assertThat(ended.status()).isEqualTo(1);
        assertThat(ended.errors()).contains("there is no zmtp-broker.jar beside " + alone);
    }
}
