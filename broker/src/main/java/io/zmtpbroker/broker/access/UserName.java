package io.zmtpbroker.broker.access;

import java.util.regex.Pattern;

/** Names of users: they stand in files and in logs, so there is nothing in them that could be taken for something else. */
public final class UserName {

    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}._@+-]{1,64}");

    private UserName() {}

    /**
     * Checks a name.
     *
     * @return the name
     * @throws IllegalArgumentException if it cannot be one; the message does not show it, for it may be a password in the wrong place
     */
    public static String check(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("the name is none: it has 1 to 64 letters, digits and any of . _ @ + -");
        }
        return name;
    }
}
