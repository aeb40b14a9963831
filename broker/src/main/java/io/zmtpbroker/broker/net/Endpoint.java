package io.zmtpbroker.broker.net;

/**
 * An endpoint as ZeroMQ writes it, and behind a question mark how it is to be served: {@code tcp://host:port},
 * {@code ipc://path}, {@code ipc://@abstract}, {@code ipc://*}, as in {@code tcp://*:5555?service=echo&dialect=rep}.
 *
 * @param address where
 * @param options how
 */
public record Endpoint(EndpointAddress address, EndpointOptions options) {

    /**
     * Checks that the options mean something for the address.
     *
     * @throws IllegalArgumentException if they do not
     */
    public Endpoint {
        boolean file = address instanceof IpcAddress ipc && ipc.isPath();
        if (options.mode().isPresent() && (!file || options.connect())) {
            throw new IllegalArgumentException("mode means nothing but for an ipc path to listen on");
        }
        if (options.connect() && !address.isDefinite()) {
            throw new IllegalArgumentException("one cannot connect to " + address);
        }
    }

    /**
     * Reads an endpoint.
     *
     * @throws IllegalArgumentException whose message says what is wrong, for a user to read
     */
    public static Endpoint parse(String text) {
        int question = text.indexOf('?');
        String query = question < 0 ? "" : text.substring(question + 1);
        try {
            return new Endpoint(
                    address(question < 0 ? text : text.substring(0, question)), EndpointOptions.parse(query));
        } catch (IllegalArgumentException e) {
            throw wrong(text, e);
        }
    }

    private static EndpointAddress address(String text) {
        if (text.startsWith(TcpAddress.SCHEME)) {
            return TcpAddress.parse(text.substring(TcpAddress.SCHEME.length()));
        }
        if (text.startsWith(IpcAddress.SCHEME)) {
            return new IpcAddress(text.substring(IpcAddress.SCHEME.length()));
        }
        if (text.startsWith("inproc://")) {
            throw new IllegalArgumentException("inproc does not leave its process; use tcp:// or ipc://");
        }
        throw new IllegalArgumentException("it must begin with " + TcpAddress.SCHEME + " or " + IpcAddress.SCHEME);
    }

    private static IllegalArgumentException wrong(String text, IllegalArgumentException why) {
        return new IllegalArgumentException("'" + text + "' is not an endpoint: " + why.getMessage(), why);
    }

    /**
     * Checks that it can serve peers of a role.
     *
     * @throws IllegalArgumentException whose message says why not, for a user to read
     */
    public void checkFit(EndpointRole role) {
        try {
            options.checkFit(role);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "'" + this + "' cannot be an endpoint of " + role.label() + ": " + e.getMessage(), e);
        }
    }

    /**
     * The port of a TCP endpoint; 0 is any free one.
     *
     * @throws IllegalStateException for others
     */
    public int port() {
        if (address instanceof TcpAddress tcp) {
            return tcp.port();
        }
        throw new IllegalStateException(address + " has no port");
    }

    @Override
    public String toString() {
        return options.equals(EndpointOptions.DEFAULT) ? address.toString() : address + "?" + options;
    }
}
