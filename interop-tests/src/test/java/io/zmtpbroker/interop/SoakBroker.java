package io.zmtpbroker.interop;

import io.netty.util.internal.PlatformDependent;
import io.zmtpbroker.broker.Broker;
import io.zmtpbroker.broker.BrokerConfig;
import io.zmtpbroker.broker.access.Access;
import io.zmtpbroker.broker.dispatch.DispatchSnapshot;
import io.zmtpbroker.broker.net.Endpoint;
import io.zmtpbroker.zmtp.ZmtpLimits;
import io.zmtpbroker.zmtp.security.CurveKeyPair;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A broker in a process of its own that tells, for each line it is given, what its dispatcher holds. It runs on the classes of the
 * broker's jar; the jar itself tells nobody. Its second endpoint for clients speaks CURVE, with whoever knows its key, its third one
 * PLAIN, with the users of a file.
 */
final class SoakBroker {
    private static final String ANY_PORT = "tcp://127.0.0.1:*";
    private static final Duration HANDSHAKE_LIMIT = Duration.ofSeconds(1);
    private static final Duration ATTEMPT_LIMIT = Duration.ofSeconds(3);

    /** A good client must not be taken for dead on a machine with much to do: its request would be lost with its connection. */
    private static final Duration HEARTBEAT = Duration.ofMillis(500);

    private static final Duration HEARTBEAT_LIMIT = Duration.ofSeconds(3);

    private SoakBroker() {}

    /** Starts one and waits until it is ready: 128 MiB of heap, and as much for buffers. */
    static BrokerProcess start(CurveKeyPair keys, Path plainUsers) {
        ChildProcess process = ChildProcess.start(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-ea",
                "-XX:TieredStopAtLevel=1",
                "-Xmx128m",
                "-XX:+ExitOnOutOfMemoryError",
                "-Dio.netty.allocator.type=pooled",
                "-Dio.netty.leakDetection.level=simple",
                "-cp",
                BrokerCommand.JAR + File.pathSeparator + testClasses(),
                SoakBroker.class.getName()));
        process.writeLine(keys.publicKey().z85() + " " + keys.secretKeyZ85() + " " + plainUsers);
        return new BrokerProcess(process);
    }

    /** What the dispatcher of one that was started here holds: the fields of {@link DispatchSnapshot}, and {@code direct}. */
    static PythonPeer.Event state(BrokerProcess broker) {
        broker.process().writeLine("state");
        return PythonPeer.Event.parse(broker.process()
                .line(Limits.SOON)
                .orElseThrow(() -> new AssertionError("it has ended: " + broker.process())));
    }

    private static String testClasses() {
        try {
            return Path.of(SoakBroker.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    public static void main(String[] arguments) throws Exception {
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        String[] secrets = lines.readLine().split(" ", 3);
        Broker broker = Broker.start(config(CurveKeyPair.ofZ85(secrets[0], secrets[1]), Path.of(secrets[2])));
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(broker), "stop"));
        broker.endpoints().forEach(System.out::println);
        System.out.println("ready");
        answer(lines, broker);
        System.exit(0);
    }

    private static BrokerConfig config(CurveKeyPair keys, Path plainUsers) throws Exception {
        return BrokerConfig.builder(Endpoint.parse(ANY_PORT), Endpoint.parse(ANY_PORT), Endpoint.parse(ANY_PORT))
                .clients(Endpoint.parse(ANY_PORT + "?mechanism=curve"))
                .clients(Endpoint.parse(ANY_PORT + "?mechanism=plain"))
                .access(Access.builder()
                        .curveKeys(keys)
                        .curveAllowAny()
                        .plainUsers(plainUsers)
                        .build())
                .limits(ZmtpLimits.DEFAULT.withHandshakeTimeout(HANDSHAKE_LIMIT))
                .timeout(ATTEMPT_LIMIT)
                .heartbeat(HEARTBEAT)
                .heartbeatTimeout(HEARTBEAT_LIMIT)
                .reviveFetch(Duration.ZERO)
                .build();
    }

    private static void answer(BufferedReader lines, Broker broker) throws IOException {
        while (lines.readLine() != null) {
            DispatchSnapshot now = broker.snapshot();
            System.out.println("state waiting=" + now.waiting() + " parked=" + now.parked() + " running="
                    + now.running()
                    + " queued=" + now.queuedOctets() + " clients=" + now.clients() + " workers=" + now.workers()
                    + " direct=" + PlatformDependent.usedDirectMemory());
        }
    }

    /** Says what was counted, as the jar does, and ends with status 0 also after SIGTERM. */
    private static void stop(Broker broker) {
        System.err.println("stopped; "
                + broker.stop().join().entrySet().stream()
                        .filter(counter -> counter.getValue() != 0)
                        .map(counter -> counter.getKey() + " " + counter.getValue())
                        .collect(Collectors.joining(", ")));
        Runtime.getRuntime().halt(0);
    }
}
