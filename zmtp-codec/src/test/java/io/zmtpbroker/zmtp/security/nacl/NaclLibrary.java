package io.zmtpbroker.zmtp.security.nacl;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

/** Each implementation, for tests of all of them. */
public enum NaclLibrary {
    BOUNCY_CASTLE {
        @Override
        public Nacl nacl() {
            return Nacl.bouncyCastle();
        }
    },
    /** Needed where {@code CI} is set; elsewhere its tests are skipped when it is not there. */
    LIBSODIUM {
        @Override
        public Nacl nacl() {
            Nacl nacl = FOUND.nacl();
            if (nacl != null) {
                return nacl;
            }
            String what = "install the package libsodium23, as " + FOUND.whyNot();
            return System.getenv("CI") == null ? abort(what) : fail(what);
        }
    };

    private static final LibsodiumLoader.Found FOUND = LibsodiumLoader.load();

    public abstract Nacl nacl();
}
