package io.zmtpbroker.broker.access;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * A password as it is kept: PBKDF2 with HMAC-SHA-256 (RFC 8018), salted, and slow by the number of its iterations. Every Java
 * has it, and it needs no memory: many checks at a time cannot exhaust any. Written as passlib and others write it:
 * {@code $pbkdf2-sha256$iterations$salt$hash}, in Base64 with {@code .} for {@code +} and without padding.
 */
final class PasswordHash {

    /** What OWASP advises, as of 2023: some tenths of a second. */
    static final int ITERATIONS = 600_000;

    /** Fewer keep nobody from guessing. */
    private static final int MIN_ITERATIONS = 10_000;

    /** More would take longer than a handshake may. */
    private static final int MAX_ITERATIONS = 10_000_000;

    private static final String LABEL = "pbkdf2-sha256";
    private static final int SALT_OCTETS = 16;
    private static final int HASH_OCTETS = 32;
    private static final char NO_TEXT = '\0';

    private final int iterations;
    private final byte[] salt;
    private final byte[] hash;

    private PasswordHash(int iterations, byte[] salt, byte[] hash) {
        this.iterations = iterations;
        this.salt = salt;
        this.hash = hash;
    }

    /** The hash of a new password, under a salt of its own. Takes some tenths of a second, as {@link #matches} does. */
    static PasswordHash of(byte[] password, int iterations, SecureRandom random) {
        byte[] salt = new byte[SALT_OCTETS];
        random.nextBytes(salt);
        return new PasswordHash(iterations, salt, derive(password, iterations, salt));
    }

    /** A hash that no password has: checking against it takes as long as against any other. */
    static PasswordHash ofNobody(int iterations, SecureRandom random) {
        byte[] octets = new byte[SALT_OCTETS + HASH_OCTETS];
        random.nextBytes(octets);
        return new PasswordHash(
                iterations, Arrays.copyOf(octets, SALT_OCTETS), Arrays.copyOfRange(octets, SALT_OCTETS, octets.length));
    }

    /**
     * Reads a hash as it is written.
     *
     * @throws IllegalArgumentException if it is none, whose message does not show it
     */
    static PasswordHash parse(String text) {
        String[] parts = text.split("\\$", -1);
        if (parts.length != 5 || !parts[0].isEmpty() || !parts[1].equals(LABEL) || !parts[2].matches("[0-9]{1,9}")) {
            throw new IllegalArgumentException("the second word is no hash, such as zmtp-broker passwd writes");
        }
        int iterations = Integer.parseInt(parts[2]);
        if (iterations < MIN_ITERATIONS || iterations > MAX_ITERATIONS) {
            throw new IllegalArgumentException("the hash has " + iterations + " iterations, and may have "
                    + MIN_ITERATIONS + " to " + MAX_ITERATIONS);
        }
        return new PasswordHash(iterations, decode(parts[3], 8), decode(parts[4], HASH_OCTETS));
    }

    private static byte[] decode(String text, int minOctets) {
        try {
            byte[] octets = Base64.getDecoder().decode(text.replace('.', '+'));
            if (octets.length >= minOctets && octets.length <= HASH_OCTETS) {
                return octets;
            }
        } catch (IllegalArgumentException e) {
            // told below, without the text
        }
        throw new IllegalArgumentException("the hash is damaged");
    }

    int iterations() {
        return iterations;
    }

    /** Whether this is the password, octet for octet. Takes its time, whatever the answer. */
    boolean matches(byte[] password) {
        boolean same = MessageDigest.isEqual(hash, derive(password, iterations, salt));
        return same && isText(password);
    }

    /** Takes as long as to check a password against a hash of so many iterations; nothing for none. */
    static void spend(int iterations) {
        if (iterations > 0) {
            derive(new byte[] {'x'}, iterations, new byte[SALT_OCTETS]);
        }
    }

    private static boolean isText(byte[] password) {
        char[] characters = characters(password);
        boolean text = characters.length != 1 || characters[0] != NO_TEXT;
        Arrays.fill(characters, '\0');
        return text;
    }

    private static byte[] derive(byte[] password, int iterations, byte[] salt) {
        char[] characters = characters(password);
        PBEKeySpec spec = new PBEKeySpec(characters, salt, iterations, HASH_OCTETS * Byte.SIZE);
        try {
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(spec)
                    .getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has PBKDF2WithHmacSHA256", e);
        } finally {
            spec.clearPassword();
            Arrays.fill(characters, '\0');
        }
    }

    /**
     * The characters that Java makes these octets of again; {@link #NO_TEXT} alone for what is not UTF-8, or has a NUL: HMAC fills
     * its key up with these (RFC 2104), and so does not see those that stand behind a password.
     */
    private static char[] characters(byte[] password) {
        try {
            CharBuffer decoded = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(password));
            char[] characters = new char[decoded.remaining()];
            decoded.duplicate().get(characters);
            if (decoded.hasArray()) {
                Arrays.fill(decoded.array(), '\0');
            }
            for (char character : characters) {
                if (character == NO_TEXT) {
                    Arrays.fill(characters, NO_TEXT);
                    return new char[] {NO_TEXT};
                }
            }
            return characters;
        } catch (CharacterCodingException e) {
            return new char[] {NO_TEXT};
        }
    }

    @Override
    public String toString() {
        return "$" + LABEL + "$" + iterations + "$" + encode(salt) + "$" + encode(hash);
    }

    private static String encode(byte[] octets) {
        return Base64.getEncoder().withoutPadding().encodeToString(octets).replace('+', '.');
    }
}
