package io.zmtpbroker.broker.net;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/**
 * A TCP endpoint as ZeroMQ writes it: {@code tcp://host:port}, {@code *} for all interfaces, and {@code *} or 0 for any free
 * port. The port follows the last colon; an IPv6 address stands in brackets.
 */
public record Endpoint(String host, int port) {

    private static final String SCHEME = "tcp://";
    private static final int MAX_PORT = 65535;

    /**
     * Reads an endpoint.
     *
     * @throws IllegalArgumentException whose message says what is wrong, for a user to read
     */
    public static Endpoint parse(String text) {
        if (!text.startsWith(SCHEME)) {
            throw wrong(text, "it must begin with " + SCHEME);
        }
        String address = text.substring(SCHEME.length());
        int colon = address.lastIndexOf(':');
        if (colon < 0 || address.endsWith("]")) {
            throw wrong(text, "the port is missing");
        }
        String host = address.substring(0, colon);
        if (host.isEmpty()) {
            throw wrong(text, "the host is missing");
        }
        return new Endpoint(unbracketed(text, host), port(text, address.substring(colon + 1)));
    }

    private static String unbracketed(String text, String host) {
        if (host.startsWith("[") && host.endsWith("]") && host.length() > 2) {
            return host.substring(1, host.length() - 1);
        }
        if (host.indexOf(':') >= 0 || host.indexOf('[') >= 0 || host.indexOf(']') >= 0) {
            throw wrong(text, "an IPv6 address must stand in brackets, as in tcp://[::1]:5555");
        }
        return host;
    }

    private static int port(String text, String port) {
        if (port.equals("*")) {
            return 0;
        }
        boolean digits = !port.isEmpty() && port.chars().allMatch(c -> c >= '0' && c <= '9');
        if (!digits || port.length() > 5 || Integer.parseInt(port) > MAX_PORT) {
            throw wrong(text, "the port must be a number from 0 to " + MAX_PORT + ", or *");
        }
        return Integer.parseInt(port);
    }

    private static IllegalArgumentException wrong(String text, String why) {
        return new IllegalArgumentException("'" + text + "' is not an endpoint: " + why);
    }

    /** The address to bind; looks the host up, and so may block. */
    InetSocketAddress toAddress() throws UnknownHostException {
        return host.equals("*")
                ? new InetSocketAddress("0.0.0.0", port)
                : new InetSocketAddress(InetAddress.getByName(host), port);
    }

    /** The endpoint of a bound address. */
    static Endpoint of(InetSocketAddress bound) {
        return new Endpoint(bound.getAddress().getHostAddress(), bound.getPort());
    }

    @Override
    public String toString() {
        boolean ipv6 = host.indexOf(':') >= 0;
        return SCHEME + (ipv6 ? "[" + host + "]" : host) + ":" + port;
    }
}
