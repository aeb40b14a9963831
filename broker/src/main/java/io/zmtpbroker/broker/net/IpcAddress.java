package io.zmtpbroker.broker.net;

import java.nio.charset.StandardCharsets;

/**
 * A Unix stream socket: a path, {@code @name} for an abstract name (Linux), or {@code *} for a path that is made up.
 *
 * @param name as written behind {@code ipc://}
 */
public record IpcAddress(String name) implements EndpointAddress {

    static final String SCHEME = "ipc://";

    /** What {@code sun_path} holds, less the zero octet that ends a path or begins an abstract name. */
    static final int MAX_OCTETS = 107;

    /** Checks that a socket can have this name. */
    public IpcAddress {
        int octets = name.getBytes(StandardCharsets.UTF_8).length;
        if (name.isEmpty() || name.equals("@")) {
            throw new IllegalArgumentException("the path is missing");
        }
        if (name.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("the path has a zero octet");
        }
        if (octets > MAX_OCTETS) {
            throw new IllegalArgumentException(
                    "the path has " + octets + " octets, and a Unix socket's may have " + MAX_OCTETS);
        }
    }

    boolean isAbstract() {
        return name.startsWith("@");
    }

    /** Whether it is a file with the name that it says. */
    boolean isPath() {
        return !isAbstract() && isDefinite();
    }

    @Override
    public boolean isDefinite() {
        return !name.equals("*");
    }

    @Override
    public String toString() {
        return SCHEME + name;
    }
}
