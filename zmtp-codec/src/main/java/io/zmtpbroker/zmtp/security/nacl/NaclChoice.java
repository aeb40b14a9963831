package io.zmtpbroker.zmtp.security.nacl;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The library that is used, and why.
 *
 * @param description for people, in one line
 */
record NaclChoice(Nacl nacl, String description) {
    private static final String AUTO = "auto";
    private static final String LIBSODIUM = "libsodium";
    private static final String BOUNCY_CASTLE = "bouncy-castle";

    private static @Nullable NaclChoice preferred;

    /** What the system property says, found at the first call. */
    static synchronized NaclChoice preferred() {
        NaclChoice known = preferred;
        if (known == null) {
            known = of(System.getProperty(Nacl.PROPERTY, AUTO), LibsodiumLoader::load);
            preferred = known;
        }
        return known;
    }

    /**
     * What a value of the property stands for.
     *
     * @throws IllegalStateException if it demands libsodium and that is not to be had, or means nothing
     */
    static NaclChoice of(String value, Supplier<LibsodiumLoader.Found> loader) {
        return switch (value) {
            case BOUNCY_CASTLE ->
                new NaclChoice(Nacl.bouncyCastle(), Nacl.bouncyCastle().name());
            case AUTO, LIBSODIUM -> libsodium(value.equals(LIBSODIUM), loader.get());
            default ->
                throw new IllegalStateException(Nacl.PROPERTY + " is '" + value + "', and may be " + AUTO + ", "
                        + LIBSODIUM + " or " + BOUNCY_CASTLE);
        };
    }

    private static NaclChoice libsodium(boolean demanded, LibsodiumLoader.Found found) {
        Nacl nacl = found.nacl();
        if (nacl != null) {
            return new NaclChoice(nacl, nacl.name());
        }
        if (demanded) {
            throw new IllegalStateException(Nacl.PROPERTY + " demands libsodium, but " + found.whyNot());
        }
        Nacl instead = Nacl.bouncyCastle();
        return new NaclChoice(instead, instead.name() + ", slower than libsodium, but " + found.whyNot());
    }
}
