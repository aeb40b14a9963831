package io.zmtpbroker.broker.net;

import io.zmtpbroker.broker.dispatch.GonePolicy;
import io.zmtpbroker.zmtp.SocketType;
import io.zmtpbroker.zmtp.ZmtpPeer;
import java.util.Locale;

/** What becomes of the requests of a client that has gone. */
public enum ClientGone {
    /** Those of an anonymous REQ are dropped, since nobody could ever get the answer; the others run. */
    AUTO,
    /** They run, and their answers are discarded. */
    RUN,
    /** They are dropped; what a worker has in hand already is not called back. */
    DROP;

    /** The name on the command line. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    GonePolicy policyFor(ZmtpPeer client) {
        return switch (this) {
            case RUN -> GonePolicy.RUN;
            case DROP -> GonePolicy.DROP;
            case AUTO ->
                client.type() == SocketType.REQ && client.routingId().isEmpty() ? GonePolicy.DROP : GonePolicy.RUN;
        };
    }
}
