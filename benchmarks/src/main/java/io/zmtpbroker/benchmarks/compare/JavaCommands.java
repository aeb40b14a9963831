package io.zmtpbroker.benchmarks.compare;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How JVMs are started.
 *
 * @param java the program
 * @param oursOptions for the JVM of our broker; by default those of its launcher, as users run it
 * @param oursArguments for our broker itself, beside its endpoints
 * @param peerOptions for the JVM of other brokers in Java; by default none
 */
record JavaCommands(String java, List<String> oursOptions, List<String> oursArguments, List<String> peerOptions) {

    List<String> ours(Path jar, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(java));
        command.addAll(oursOptions);
        command.addAll(List.of("-jar", jar.toString()));
        command.addAll(oursArguments);
        command.addAll(arguments);
        return command;
    }

    /** A broker that is a class of this program. */
    List<String> peer(Class<?> main) {
        List<String> command = new ArrayList<>(List.of(java));
        command.addAll(peerOptions);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        return command;
    }
}
