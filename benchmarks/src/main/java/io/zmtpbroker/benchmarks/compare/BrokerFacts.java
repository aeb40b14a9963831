package io.zmtpbroker.benchmarks.compare;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is compared: how each broker is started, and which build it is. */
final class BrokerFacts {

    private final List<Contender> contenders;
    private final ShownPaths paths;
    private final String java;

    /** What each of our jars says of itself, by the names of brokers; and its SHA-256, as a version names no commit. */
    private final Map<String, String> versions = new LinkedHashMap<>();

    private final Map<String, String> hashes = new LinkedHashMap<>();

    /**
     * Asks brokers for their versions.
     *
     * @param program what runs the brokers that are Java
     */
    BrokerFacts(List<Contender> contenders, String program, Workplace workplace)
            throws IOException, InterruptedException {
        this.contenders = contenders;
        paths = ShownPaths.of(workplace);
        ProgramVersion asked = new ProgramVersion(workplace);
        java = asked.of(program, "--version");
        for (Contender contender : contenders) {
            String jar = contender.jar();
            if (jar != null) {
                versions.put(contender.name(), asked.of(program, "-jar", jar, "--version"));
                hashes.put(contender.name(), sha256(Path.of(jar)));
            }
        }
    }

    private static String sha256(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            DigestInputStream digested = new DigestInputStream(in, MessageDigest.getInstance("SHA-256"));
            digested.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(digested.getMessageDigest().digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // each Java platform has it
        }
    }

    /** What runs the brokers that are Java, as it says itself. */
    String java() {
        return java;
    }

    /** What our jars say of themselves, each once. */
    List<String> versions() {
        return versions.values().stream().distinct().toList();
    }

    /** Whether a broker is compared whose name begins so. */
    boolean includes(String library) {
        return contenders.stream().anyMatch(contender -> contender.name().startsWith(library + ":"));
    }

    /** A command line as it may be published. */
    List<String> shown(List<String> arguments) {
        return paths.in(arguments);
    }

    /**
     * For programs.
     *
     * @param interfaces how brokers were seen to wait for the network, by their names
     */
    List<Map<String, Object>> facts(Map<String, String> interfaces) {
        return contenders.stream().map(one -> facts(one, interfaces)).toList();
    }

    private Map<String, Object> facts(Contender contender, Map<String, String> interfaces) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("broker", contender.name());
        fields.put("command", shown(contender.command()));
        put(fields, "version", versions.get(contender.name()));
        put(fields, "jarSha256", hashes.get(contender.name()));
        put(fields, "kernelInterface", interfaces.get(contender.name()));
        return fields;
    }

    private static void put(Map<String, Object> fields, String key, @Nullable String value) {
        if (value != null) {
            fields.put(key, value);
        }
    }
}
