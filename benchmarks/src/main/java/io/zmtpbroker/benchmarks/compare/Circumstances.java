package io.zmtpbroker.benchmarks.compare;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** When, where, with what and how a comparison was made: without this its figures mean nothing. */
final class Circumstances {

    private final String begin = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    private final Machine machine = Machine.here();
    private final Map<String, Object> facts = new LinkedHashMap<>();
    private final List<Contender> contenders;
    private final List<String> notes = new ArrayList<>();

    /** What each of our jars says of itself. */
    private final Map<String, String> versions = new LinkedHashMap<>();

    /**
     * To be made before anything runs.
     *
     * @param arguments of the command
     * @param java what runs the brokers that are Java
     */
    Circumstances(List<String> arguments, String java, List<Contender> contenders, Timing times)
            throws InterruptedException {
        this.contenders = contenders;
        ProgramVersion asked = new ProgramVersion();
        String brokerJava = asked.of(java, "--version");
        for (Contender contender : contenders) {
            if (contender.jar() != null) {
                versions.put(contender.name(), asked.of(java, "-jar", contender.jar(), "--version"));
            }
        }
        facts.put("begin", begin);
        facts.put("arguments", arguments);
        facts.put("rounds", times.rounds());
        facts.put("warmUpSeconds", times.warmUpSeconds());
        facts.put("measuredSeconds", times.measuredSeconds());
        facts.put("loadThreads", times.loadThreads());
        facts.put("machine", machine.hardware());
        facts.put("versions", withBrokerJava(brokerJava));
        notes.add(String.format(
                "rounds: %d; each run %s s after %s s of load; %s",
                times.rounds(), plain(times.measuredSeconds()), plain(times.warmUpSeconds()), begin));
        notes.add(("java -jar benchmarks.jar compare " + String.join(" ", arguments)).strip());
        notes.add(machine.summary() + ", " + brokerJava.replaceAll(";.*", "") + others("jeromq", "JeroMQ")
                + others("libzmq", "libzmq"));
        versions.values().stream().distinct().forEach(notes::add);
    }

    private Map<String, Object> withBrokerJava(String brokerJava) {
        Map<String, Object> all = new LinkedHashMap<>(machine.versions());
        all.put("brokerJava", brokerJava);
        return all;
    }

    /** A library's version, if a broker that uses it is compared. */
    private String others(String key, String name) {
        boolean compared =
                contenders.stream().anyMatch(contender -> contender.name().startsWith(key + ":"));
        return compared ? ", " + name + " " + machine.versions().get(key) : "";
    }

    private static String plain(double seconds) {
        return seconds == Math.rint(seconds) ? String.format("%.0f", seconds) : Double.toString(seconds);
    }

    /**
     * For programs.
     *
     * @param interfaces how brokers were seen to wait for the network, by their names
     */
    Map<String, Object> facts(Map<String, String> interfaces) {
        Map<String, Object> all = new LinkedHashMap<>(facts);
        all.put(
                "brokers",
                contenders.stream().map(one -> broker(one, interfaces)).toList());
        return all;
    }

    private Map<String, Object> broker(Contender contender, Map<String, String> interfaces) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("broker", contender.name());
        fields.put("command", contender.command());
        put(fields, "version", versions.get(contender.name()));
        put(fields, "kernelInterface", interfaces.get(contender.name()));
        return fields;
    }

    private static void put(Map<String, Object> fields, String key, @Nullable String value) {
        if (value != null) {
            fields.put(key, value);
        }
    }

    /** For people. */
    List<String> notes() {
        return List.copyOf(notes);
    }
}
