package io.zmtpbroker.benchmarks.compare;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The load-balancing broker on libzmq. It is C, since calling libzmq from Java some twenty times a request would measure the
 * calls; so it is there only where a C compiler and libzmq's header are.
 */
final class CompiledBalancer {

    private static final String SOURCE = "/io/zmtpbroker/benchmarks/peers/load_balancer.c";
    private static final int LIMIT_SECONDS = 60;

    private CompiledBalancer() {}

    /**
     * Compiles it.
     *
     * @param workplace where to put it
     * @return the program
     */
    static Path compile(Workplace workplace) throws UnavailableException, IOException, InterruptedException {
        Path directory = workplace.directory();
        Path source = directory.resolve("load_balancer.c");
        try (InputStream in = CompiledBalancer.class.getResourceAsStream(SOURCE)) {
            if (in == null) {
                throw new IllegalStateException(SOURCE + " is missing");
            }
            Files.copy(in, source);
        }
        Path program = directory.resolve("load_balancer");
        Path log = directory.resolve("cc.log");
        ProcessBuilder command = new ProcessBuilder(
                        List.of("cc", "-O2", "-o", program.toString(), source.toString(), "-lzmq"))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        command.environment().put("TMPDIR", directory.toString()); // what it leaves there when it is killed goes, too
        Process compiler = start(command, workplace);
        if (!compiler.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            compiler.destroyForcibly();
            throw new UnavailableException("the C compiler does not end");
        }
        if (compiler.exitValue() != 0) {
            String said = Files.readString(log, StandardCharsets.UTF_8)
                    .lines()
                    .findFirst()
                    .orElse("it says nothing");
            throw new UnavailableException("it does not compile (libzmq's header missing?): " + said);
        }
        return program;
    }

    private static Process start(ProcessBuilder command, Workplace workplace)
            throws UnavailableException, InterruptedException {
        try {
            return workplace.start(command);
        } catch (IOException e) {
            throw new UnavailableException("there is no C compiler (cc)");
        }
    }
}
