package io.zmtpbroker.broker.net;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * Whether peers may speak ZMTP 2.0, as libzmq 3.x and old versions of NetMQ do: said for all endpoints, and for one of them in
 * its query.
 */
public enum Zmtp20 {
    /** Nothing is said: for an endpoint what is said for all; for all, that they may where everybody is let in. */
    AUTO("auto"),
    /** They may. */
    ADMITTED("2.0"),
    /** They may not. */
    REFUSED("off");

    private final String label;

    Zmtp20(String label) {
        this.label = label;
    }

    /**
     * What a query says.
     *
     * @param label the value of its key
     * @throws IllegalArgumentException if it says nothing
     */
    static Zmtp20 ofLabel(String label) {
        return Arrays.stream(values())
                .filter(each -> each.label.equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(EndpointKey.LEGACY.label() + " '" + label
                        + "' is none of "
                        + Arrays.stream(values()).map(each -> each.label).collect(Collectors.joining(", "))));
    }

    /**
     * Whether the peers of an endpoint may, where this is said for all endpoints.
     *
     * @param anybody whether the endpoint lets everybody in: it has NULL and no authenticator. Peers of 2.0 know no mechanism,
     *     so anywhere else they would get in without being asked
     * @throws IllegalArgumentException if it is said that they may where they must not
     */
    public boolean isAdmittedAt(Endpoint endpoint, boolean anybody) {
        Zmtp20 here = endpoint.options().legacy();
        return switch (here == AUTO ? this : here) {
            case AUTO -> anybody;
            case REFUSED -> false;
            case ADMITTED -> {
                if (!anybody) {
                    throw new IllegalArgumentException(
                            "peers of ZMTP 2.0 cannot say who they are, so they are not let in at '" + endpoint
                                    + "'; it may have legacy=off");
                }
                yield true;
            }
        };
    }
}
