package io.zmtpbroker.broker.access;

import io.zmtpbroker.zmtp.security.CurveKeyPair;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A key pair of CURVE in a file, in the form of ZeroMQ's certificates (4/ZPL), which {@code zmq.auth.load_certificate} of pyzmq
 * and {@code ZConfig} of JeroMQ and CZMQ read as well.
 */
public final class KeyPairFile {

    private static final Pattern KEY =
            Pattern.compile("(public|secret)-key\\s*=\\s*(?:\"([^\"]*)\"|'([^']*)'|([^\"'\\s]\\S*))(?:\\s+#.*)?");

    /** A line that means to be one of a key. */
    private static final Pattern BEGINNING = Pattern.compile("(public|secret)-key(?![\\w-]).*");

    private static final String TEMPLATE = """
            # A key pair of CURVE. Whoever has the secret key can pass for whoever it belongs to:
            # keep this file to yourself, and give away the public key alone.
            curve
                public-key = "%s"
                secret-key = "%s"
            """;

    private KeyPairFile() {}

    /** Reads a pair from a file that nobody else may read. Its public key may be left out. */
    public static CurveKeyPair read(Path file) throws CredentialFileException {
        Reader reader = new Reader();
        TextFile.read(file, FileProtection.SECRET).forEach(reader);
        try {
            return reader.pair();
        } catch (IllegalArgumentException e) {
            throw CredentialFileException.of(file, e);
        }
    }

    /**
     * Writes a pair to a new file, which is ours, mode 0600.
     *
     * @param replace whether it may take the place of a file that is there, whosever that is and whoever may read it
     */
    public static void write(Path file, CurveKeyPair pair, boolean replace) throws CredentialFileException {
        String text = TEMPLATE.formatted(pair.publicKey().z85(), pair.secretKeyZ85());
        if (replace) {
            PrivateFile.replace(file, text, false);
        } else {
            PrivateFile.create(file, text);
        }
    }

    private static final class Reader implements TextFile.LineReader {

        private @Nullable String publicKey;
        private @Nullable String secretKey;

        @Override
        public void read(int number, String line) {
            var key = KEY.matcher(line);
            if (!key.matches()) {
                checkIsNoKey(line);
                return;
            }
            String value = key.group(2) != null ? key.group(2) : key.group(3) != null ? key.group(3) : key.group(4);
            if (key.group(1).equals("public")) {
                publicKey = checkedOnce("public-key", publicKey, value);
            } else {
                secretKey = checkedOnce("secret-key", secretKey, value);
            }
        }

        /** The headings, and what others have to say. */
        private static void checkIsNoKey(String line) {
            Matcher beginning = BEGINNING.matcher(line);
            if (beginning.matches()) {
                String name = beginning.group(1) + "-key";
                throw new IllegalArgumentException(
                        "a line is '" + name + " = \"...\"', with a comment behind it at most");
            }
        }

        private static String checkedOnce(String name, @Nullable String before, String value) {
            if (before != null) {
                throw new IllegalArgumentException(name + " stands there twice");
            }
            try {
                CurveKeyPair.ofZ85(value); // either half is a key in form
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(name + " is none: " + e.getMessage(), e);
            }
            return value;
        }

        CurveKeyPair pair() {
            if (secretKey == null) {
                throw new IllegalArgumentException(
                        "there is no secret-key in it; zmtp-broker keygen writes such files");
            }
            return publicKey == null ? CurveKeyPair.ofZ85(secretKey) : CurveKeyPair.ofZ85(publicKey, secretKey);
        }
    }
}
