package io.zmtpbroker.interop;

import java.util.ArrayList;
import java.util.List;

/** A DEALER of a ZeroMQ library with PLAIN or CURVE: says hello, then sends back what it gets. */
interface SecurePeer extends AutoCloseable {
    /** The libraries. The arguments are those of {@code secure.py}. */
    enum Library {
        LIBZMQ {
            @Override
            SecurePeer open(String how, String endpoint, String mechanism, List<String> arguments) {
                var all = new ArrayList<>(List.of("DEALER", how, endpoint, mechanism, role(how)));
                all.addAll(arguments);
                PythonPeer peer = PythonPeer.start("secure.py", all.toArray(new String[0]));
                String opened = peer.await("ready", Limits.SOON).text("endpoint");
                return new Opened(opened, peer::close);
            }
        },
        JEROMQ {
            @Override
            SecurePeer open(String how, String endpoint, String mechanism, List<String> arguments) {
                return new JeroMqEcho(how.equals("bind"), endpoint, mechanism, arguments);
            }
        };

        abstract SecurePeer open(String how, String endpoint, String mechanism, List<String> arguments);

        /** A client. */
        SecurePeer connect(String endpoint, String mechanism, List<String> arguments) {
            return open("connect", endpoint, mechanism, arguments);
        }

        /** A server. */
        SecurePeer bind(String mechanism, List<String> arguments) {
            return open("bind", "tcp://127.0.0.1:*", mechanism, arguments);
        }

        private static String role(String how) {
            return how.equals("bind") ? "server" : "client";
        }
    }

    String endpoint();

    @Override
    void close();

    /** A peer that is closed by an action. */
    record Opened(String endpoint, Runnable action) implements SecurePeer {
        @Override
        public void close() {
            action.run();
        }
    }
}
