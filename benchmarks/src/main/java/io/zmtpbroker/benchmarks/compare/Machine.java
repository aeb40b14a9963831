package io.zmtpbroker.benchmarks.compare;

import com.sun.management.OperatingSystemMXBean;
import io.netty.util.Version;
import io.zmtpbroker.benchmarks.peers.LibZmq;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;

/**
 * Where and with what something was measured: without this figures mean nothing.
 *
 * @param hardware processor, memory, system
 * @param versions of what was run
 */
record Machine(Map<String, Object> hardware, Map<String, Object> versions) {

    static Machine here() {
        return new Machine(describeHardware(), findVersions());
    }

    /** The hardware in one line. */
    String summary() {
        return hardware.get("processors") + " × " + hardware.get("processor") + ", " + hardware.get("system");
    }

    private static Map<String, Object> describeHardware() {
        var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("processor", processor());
        facts.put("processors", Runtime.getRuntime().availableProcessors());
        facts.put("memoryMib", system.getTotalMemorySize() >> 20);
        facts.put(
                "system",
                System.getProperty("os.name") + " " + withoutLocalPart(System.getProperty("os.version")) + " "
                        + System.getProperty("os.arch"));
        facts.put("loadAverageBefore", system.getSystemLoadAverage());
        return facts;
    }

    /** Of {@code 6.1.0-21-amd64} the numbers: what is behind them is the name of a build, or of a site. */
    private static String withoutLocalPart(String version) {
        return version.split("[^0-9.]", 2)[0];
    }

    private static Map<String, Object> findVersions() {
        Map<String, Object> versions = new LinkedHashMap<>();
        versions.put("java", System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version"));
        // Of Netty's modules, which all have the same version, one is left with it in a jar of all.
        versions.put(
                "netty",
                Version.identify().values().stream()
                        .map(Version::artifactVersion)
                        .findFirst()
                        .orElse("unknown"));
        versions.put("jeromq", jeroMq());
        versions.put("libzmq", libZmq());
        return versions;
    }

    /** Its own version; what JeroMQ says of itself is the version of libzmq that it is like. */
    private static String jeroMq() {
        Properties properties = new Properties();
        try (InputStream in = Machine.class.getResourceAsStream("/META-INF/maven/org.zeromq/jeromq/pom.properties")) {
            if (in != null) {
                properties.load(in);
            }
        } catch (IOException e) {
            return "unknown";
        }
        return properties.getProperty("version", "unknown");
    }

    private static String libZmq() {
        try {
            return LibZmq.load().version();
        } catch (UnsatisfiedLinkError e) {
            return "not installed";
        }
    }

    private static String processor() {
        try (var lines = Files.lines(Path.of("/proc/cpuinfo"), StandardCharsets.UTF_8)) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.replaceFirst(".*:\\s*", ""))
                    .findFirst()
                    .orElse("unknown");
        } catch (IOException e) {
            return "unknown";
        }
    }
}
