package io.zmtpbroker.zmtp.security;

/** What a peer shows of itself, by mechanism (27/ZAP, "Request Command"). None of these prints a secret. */
public sealed interface ZmtpCredentials {
    /** NULL: nothing. */
    record Anonymous() implements ZmtpCredentials {
        @Override
        public String mechanism() {
            return NullMechanism.NAME;
        }
    }

    /** PLAIN: a name and a password, which are yet to be judged. */
    final class Plain implements ZmtpCredentials {
        private final String user;
        private final byte[] password;

        /**
         * What a peer shows.
         *
         * @param user 0 to 255 octets of UTF-8
         * @param password 0 to 255 octets, not copied
         */
        public Plain(String user, byte[] password) {
            this.user = user;
            this.password = password;
        }

        /**
         * Who the peer wants to be.
         *
         * @return 0 to 255 octets of UTF-8
         */
        public String user() {
            return user;
        }

        /**
         * How it wants to prove that.
         *
         * @return 0 to 255 octets, not a copy; erased when the authenticator's answer has come
         */
        public byte[] password() {
            return password;
        }

        @Override
        public String mechanism() {
            return PlainCommands.MECHANISM;
        }

        /** Neither the user nor the password: people mix them up. */
        @Override
        public String toString() {
            return "Plain";
        }
    }

    /**
     * CURVE: a key whose secret half the peer has shown that it knows.
     *
     * @param clientKey the peer's long-term key
     */
    record Curve(CurvePublicKey clientKey) implements ZmtpCredentials {
        @Override
        public String mechanism() {
            return CurveLayout.MECHANISM;
        }
    }

    /**
     * The name of the mechanism.
     *
     * @return as in the greeting
     */
    String mechanism();
}
