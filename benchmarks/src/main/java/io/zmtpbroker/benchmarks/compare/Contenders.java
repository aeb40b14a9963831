package io.zmtpbroker.benchmarks.compare;

import io.zmtpbroker.benchmarks.load.WorkerDialect;
import io.zmtpbroker.benchmarks.peers.JeroMqLoadBalancer;
import io.zmtpbroker.benchmarks.peers.JeroMqProxy;
import io.zmtpbroker.benchmarks.peers.LibZmq;
import io.zmtpbroker.benchmarks.peers.LibZmqProxy;
import io.zmtpbroker.zmtp.security.ZmtpMechanismFactory;
import io.zmtpbroker.zmtp.security.ZmtpMechanisms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds brokers by their names. */
final class Contenders {

    /** What is compared where nothing is said. */
    static final List<String> DEFAULT =
            List.of("ours:lb", "ours:fetch", "ours:rep:100", "libzmq:lb", "libzmq:proxy", "jeromq:lb", "jeromq:proxy");

    private static final Pattern OURS = Pattern.compile("(\\w+):(?:(lb|fetch)|rep(?::(\\d{1,6}))?)(\\+curve)?");
    private static final String ANY_PORT = "tcp://127.0.0.1:*";

    private final JavaCommands java;
    private final Map<String, Path> jars;
    private final Workplace workplace;

    /**
     * A finder.
     *
     * @param jars of our broker, by the names that stand before the colon
     * @param workplace where programs and keys are put
     */
    Contenders(JavaCommands java, Map<String, Path> jars, Workplace workplace) {
        this.java = java;
        this.jars = jars;
        this.workplace = workplace;
    }

    /**
     * The broker of that name.
     *
     * @throws UnavailableException if it cannot be started here
     * @throws IllegalArgumentException if there is no such broker
     */
    Contender find(String name) throws UnavailableException, IOException, InterruptedException {
        return switch (name) {
            case "jeromq:proxy" -> new Contender(name, WorkerDialect.REP, java.peer(JeroMqProxy.class));
            case "jeromq:lb" -> new Contender(name, WorkerDialect.LOAD_BALANCING, java.peer(JeroMqLoadBalancer.class));
            case "libzmq:proxy" -> libZmqProxy(name);
            case "libzmq:lb" -> {
                Path program = CompiledBalancer.compile(workplace);
                yield new Contender(name, WorkerDialect.LOAD_BALANCING, List.of(program.toString()));
            }
            default -> ours(name);
        };
    }

    private Contender libZmqProxy(String name) throws UnavailableException {
        try {
            LibZmq.load();
        } catch (UnsatisfiedLinkError e) {
            throw new UnavailableException("libzmq is not installed");
        }
        return new Contender(name, WorkerDialect.REP, java.peer(LibZmqProxy.class));
    }

    private Contender ours(String name) throws UnavailableException, IOException {
        Matcher parts = OURS.matcher(name);
        Path jar = parts.matches() ? jars.get(parts.group(1)) : null;
        if (jar == null) {
            throw new IllegalArgumentException("no broker is called " + name);
        }
        if (!Files.isRegularFile(jar)) {
            throw new UnavailableException("there is no " + jar + "; build it, or say where it is with --jar");
        }
        WorkerDialect dialect = dialect(parts.group(2));
        List<String> arguments = new ArrayList<>();
        ZmtpMechanismFactory mechanism = ZmtpMechanisms.anonymous();
        if (parts.group(4) != null) {
            CurveKeys keys = CurveKeys.create(workplace.directory().resolve(name + ".keys"));
            arguments.addAll(keys.arguments());
            mechanism = keys.client();
        }
        arguments.add(ANY_PORT); // clients
        switch (dialect) {
            case LOAD_BALANCING -> arguments.add(ANY_PORT);
            case FETCH -> arguments.addAll(List.of(ANY_PORT, ANY_PORT));
            case REP -> {
                String credit = parts.group(3) == null ? "1" : parts.group(3);
                arguments.add(ANY_PORT + "?dialect=rep&credit=" + credit);
            }
        }
        return new Contender(name, dialect, mechanism, java.ours(jar, arguments), jar.toString());
    }

    private static WorkerDialect dialect(@Nullable String name) {
        if (name == null) {
            return WorkerDialect.REP;
        }
        return name.equals("lb") ? WorkerDialect.LOAD_BALANCING : WorkerDialect.FETCH;
    }
}
