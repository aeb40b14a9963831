package io.zmtpbroker.broker.access;

import io.zmtpbroker.zmtp.ZmtpUser;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** What a user may do. */
public enum AccessRole {
    /** Ask. */
    CLIENT,
    /** Fetch tasks and answer them. */
    WORKER;

    /** What most users have that show no credential: nothing is denied to them. */
    public static final Set<AccessRole> ALL = Collections.unmodifiableSet(EnumSet.allOf(AccessRole.class));

    /**
     * The property of a user's metadata that names its roles, such as {@code client} or {@code client,worker}. An
     * authenticator that leaves it out gives its users both.
     */
    public static final String PROPERTY = "Roles";

    /** The name in files and options. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Reads names with commas between them.
     *
     * @throws IllegalArgumentException if one is none, without showing it
     */
    public static Set<AccessRole> parse(String text) {
        EnumSet<AccessRole> roles = EnumSet.noneOf(AccessRole.class);
        for (String part : text.split(",", -1)) {
            roles.add(of(part));
        }
        return Collections.unmodifiableSet(roles);
    }

    private static AccessRole of(String label) {
        for (AccessRole role : values()) {
            if (role.label().equals(label)) {
                return role;
            }
        }
        throw new IllegalArgumentException("no such role; there are client, worker and client,worker");
    }

    /** The names with commas between them. */
    public static String format(Set<AccessRole> roles) {
        return roles.stream().sorted().map(AccessRole::label).collect(Collectors.joining(","));
    }

    /** What a user may do whom an authenticator has let in; nothing if what it says of its roles cannot be read. */
    public static Set<AccessRole> of(ZmtpUser user) {
        try {
            return user.metadata().text(PROPERTY).map(AccessRole::parse).orElse(ALL);
        } catch (IllegalArgumentException e) {
            return Set.of();
        }
    }
}
