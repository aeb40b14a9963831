package io.zmtpbroker.broker.access;

import java.util.List;

/**
 * What came of reading credentials again.
 *
 * @param loaded what holds now, for people
 * @param problems files that could not be used, each with its line and what is wrong; what they said before still holds
 */
public record AccessReport(List<String> loaded, List<String> problems) {

    /** Keeps copies. */
    public AccessReport {
        loaded = List.copyOf(loaded);
        problems = List.copyOf(problems);
    }
}
