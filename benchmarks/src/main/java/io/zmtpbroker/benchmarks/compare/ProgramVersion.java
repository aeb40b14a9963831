package io.zmtpbroker.benchmarks.compare;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Asks programs for their versions, each once. */
final class ProgramVersion {

    private static final int LIMIT_SECONDS = 20;
    private static final int MAX_OCTETS = 1000;
    private static final String UNKNOWN = "unknown";

    private final Workplace workplace;
    private final Map<List<String>, String> known = new HashMap<>();

    /** Asks nobody yet. */
    ProgramVersion(Workplace workplace) {
        this.workplace = workplace;
    }

    /**
     * What a program says on standard output, in one line; {@code unknown} if it says nothing.
     *
     * @param command that says it and ends, such as {@code java --version}
     */
    String of(String... command) throws InterruptedException {
        List<String> key = List.of(command);
        String version = known.get(key);
        if (version == null) {
            version = ask(key);
            known.put(key, version);
        }
        return version;
    }

    private String ask(List<String> command) throws InterruptedException {
        try {
            Process process = workplace.start(
                    new ProcessBuilder(new ArrayList<>(command)).redirectError(ProcessBuilder.Redirect.DISCARD));
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) { // so short a text fits into the pipe
                process.destroyForcibly();
                return UNKNOWN;
            }
            if (process.exitValue() != 0) {
                return UNKNOWN;
            }
            String said = new String(process.getInputStream().readNBytes(MAX_OCTETS), StandardCharsets.UTF_8);
            return said.isBlank() ? UNKNOWN : String.join("; ", said.strip().split("\\R"));
        } catch (IOException e) {
            return UNKNOWN;
        }
    }
}
