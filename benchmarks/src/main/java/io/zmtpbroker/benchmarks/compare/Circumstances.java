package io.zmtpbroker.benchmarks.compare;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** When, where, with what and how a comparison was made: without this its figures mean nothing. */
final class Circumstances {

    private final Machine machine;
    private final BrokerFacts brokers;
    private final Map<String, Object> facts = new LinkedHashMap<>();
    private final List<String> notes = new ArrayList<>();

    /**
     * To be made before a broker runs.
     *
     * @param arguments of the command
     */
    Circumstances(List<String> arguments, Timing times, Machine machine, BrokerFacts brokers) {
        this.machine = machine;
        this.brokers = brokers;
        String begin = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
        List<String> shown = brokers.shown(arguments);
        facts.put("begin", begin);
        facts.put("arguments", shown);
        facts.put("rounds", times.rounds());
        facts.put("warmUpSeconds", times.warmUpSeconds());
        facts.put("measuredSeconds", times.measuredSeconds());
        facts.put("loadThreads", times.loadThreads());
        facts.put("machine", machine.hardware());
        facts.put("versions", versions());
        notes.add(String.format(
                "rounds: %d; each run %s s after %s s of load; %s",
                times.rounds(), plain(times.measuredSeconds()), plain(times.warmUpSeconds()), begin));
        notes.add(("java -jar benchmarks.jar compare " + String.join(" ", shown)).strip());
        notes.add(machine.summary() + ", " + brokers.java().replaceAll(";.*", "") + others("jeromq", "JeroMQ")
                + others("libzmq", "libzmq"));
        notes.addAll(brokers.versions());
    }

    private Map<String, Object> versions() {
        Map<String, Object> all = new LinkedHashMap<>(machine.versions());
        all.put("brokerJava", brokers.java());
        return all;
    }

    /** A library's version, if a broker that uses it is compared. */
    private String others(String key, String name) {
        return brokers.includes(key) ? ", " + name + " " + machine.versions().get(key) : "";
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
        all.put("brokers", brokers.facts(interfaces));
        return all;
    }

    /** For people. */
    List<String> notes() {
        return List.copyOf(notes);
    }
}
