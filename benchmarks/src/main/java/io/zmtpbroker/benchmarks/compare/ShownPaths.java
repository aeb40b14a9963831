package io.zmtpbroker.benchmarks.compare;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Makes paths fit to be published: relative to the working directory where they lie below it, and the names alone of a
 * comparison's own files, whose directory is another each time.
 */
record ShownPaths(Path workingDirectory, Path ownFiles) {

    /** Paths of this process. */
    static ShownPaths of(Workplace workplace) {
        return new ShownPaths(Path.of("").toAbsolutePath(), workplace.directory());
    }

    /** The parts of a command line, each of which may be a path, or have one behind {@code =}, a colon or a comma. */
    List<String> in(List<String> arguments) {
        return arguments.stream()
                .map(argument -> without(workingDirectory, without(ownFiles, argument)))
                .toList();
    }

    private static String without(Path directory, String argument) {
        return argument.replaceAll("(^|[=:,])" + Pattern.quote(directory + File.separator), "$1");
    }
}
