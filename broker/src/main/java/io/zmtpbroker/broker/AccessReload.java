package io.zmtpbroker.broker;

import java.util.List;

/**
 * What came of {@link Broker#reloadCredentials}.
 *
 * @param loaded what holds now, for people, such as {@code 3 users of users.txt}
 * @param problems files that could not be used, each with its line and what is wrong; what they said before still holds
 * @param closedConnections how many connections were closed because their credential does not hold any more
 */
public record AccessReload(List<String> loaded, List<String> problems, int closedConnections) {}
