package io.zmtpbroker.broker.net;

import io.netty.util.NetUtil;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.UnknownHostException;
import java.util.Comparator;
import java.util.regex.Pattern;

/**
 * A host and a port.
 *
 * @param host a name, an address of version 4 or 6 (without brackets), the name of an interface, or {@code *} for all
 * @param port 0 for any that is free
 */
public record TcpAddress(String host, int port) implements EndpointAddress {

    static final String SCHEME = "tcp://";

    private static final int MAX_PORT = 65535;
    private static final Pattern NAME = Pattern.compile("\\*|[\\p{IsAlphabetic}\\p{IsDigit}._-]+");

    /** Reads what follows {@code tcp://}. The port follows the last colon. */
    static TcpAddress parse(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 0 || text.endsWith("]")) {
            throw new IllegalArgumentException("the port is missing");
        }
        return new TcpAddress(readHost(text.substring(0, colon)), readPort(text.substring(colon + 1)));
    }

    /** The address that a socket is bound to. */
    static TcpAddress of(InetSocketAddress bound) {
        String host = NetUtil.toAddressString(bound.getAddress());
        String full = bound.getAddress().getHostAddress();
        int zone = full.indexOf('%');
        return new TcpAddress(zone < 0 ? host : host + full.substring(zone), bound.getPort());
    }

    private static String readHost(String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("the host is missing");
        }
        if (text.startsWith("[") && text.endsWith("]")) {
            String address = text.substring(1, text.length() - 1);
            if (!NetUtil.isValidIpV6Address(address)) {
                throw new IllegalArgumentException("'" + address + "' is not an IPv6 address");
            }
            return address;
        }
        if (text.indexOf(':') >= 0 || text.indexOf('[') >= 0 || text.indexOf(']') >= 0) {
            throw new IllegalArgumentException("an IPv6 address must stand in brackets, as in tcp://[::1]:5555");
        }
        if (!NAME.matcher(text).matches()) {
            throw new IllegalArgumentException("'" + text + "' is neither a name nor an address");
        }
        return text;
    }

    private static int readPort(String text) {
        if (text.equals("*")) {
            return 0;
        }
        boolean digits = !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
        if (!digits || text.length() > 5 || Integer.parseInt(text) > MAX_PORT) {
            throw new IllegalArgumentException("the port must be a number from 0 to " + MAX_PORT + ", or *");
        }
        return Integer.parseInt(text);
    }

    /** The address to listen on, that of an interface among them; may look a name up, and so block. */
    InetSocketAddress toBind() throws IOException {
        if (host.equals("*")) {
            return new InetSocketAddress(port);
        }
        NetworkInterface named = NetworkInterface.getByName(host);
        return named == null ? toConnect() : new InetSocketAddress(firstOf(named), port);
    }

    /** The address to connect to. Blocks to look a name up, unless {@link #isNumeric}. */
    InetSocketAddress toConnect() throws UnknownHostException {
        return new InetSocketAddress(InetAddress.getByName(host), port);
    }

    /** As libzmq chooses: the first of version 4, where there is one. */
    private static InetAddress firstOf(NetworkInterface named) throws IOException {
        return named.inetAddresses()
                .min(Comparator.comparing(address -> address instanceof Inet6Address))
                .orElseThrow(() -> new IOException("the interface has no address"));
    }

    /** Whether the host is an address, and nothing has to be looked up. */
    boolean isNumeric() {
        return NetUtil.createByteArrayFromIpAddressString(host) != null;
    }

    /** Whether it is an address that only this machine reaches; false for a name, since it may stand for another. */
    public boolean isLoopback() {
        byte[] octets = NetUtil.createByteArrayFromIpAddressString(host);
        try {
            return octets != null && InetAddress.getByAddress(octets).isLoopbackAddress();
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address of " + octets.length + " octets", e);
        }
    }

    @Override
    public boolean isDefinite() {
        return !host.equals("*") && port != 0;
    }

    @Override
    public String toString() {
        boolean ipv6 = host.indexOf(':') >= 0;
        return SCHEME + (ipv6 ? "[" + host + "]" : host) + ":" + port;
    }
}
