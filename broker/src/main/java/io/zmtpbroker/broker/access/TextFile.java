package io.zmtpbroker.broker.access;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A short text that people write: lines of UTF-8, those that are blank or begin with {@code #} say nothing. Immutable.
 *
 * @param file where it was read
 * @param lines all of them, as they are
 */
record TextFile(Path file, List<String> lines) {

    /** Hundreds of thousands of users; what is longer is no file of ours. */
    private static final int MAX_OCTETS = 64 << 20;

    /** A file may be replaced by another while it is read; then the other is. */
    private static final int MAX_TRIES = 10;

    /** Some editors put it in front of what they save. */
    private static final String BYTE_ORDER_MARK = "\ufeff";

    /** Takes a line that says something. */
    interface LineReader {

        /**
         * Reads a line, without blanks around it; throws an {@link IllegalArgumentException} if it is wrong. Its message does not
         * show the line: it may be a secret that was put in the wrong file.
         */
        void read(int number, String line);
    }

    /** Reads a regular file, and nothing else, that keeps out whom it must. What was checked is what is read. */
    static TextFile read(Path file, FileProtection protection) throws CredentialFileException {
        try {
            for (int tries = 1; tries <= MAX_TRIES; tries++) {
                FileState state = FileState.of(file);
                checkKind(state.kind());
                protection.check(file, state, FileState.ourUser());
                byte[] octets = octets(file);
                if (FileState.of(file).equals(state)) {
                    return new TextFile(file, text(octets).lines().toList());
                }
            }
            throw new IOException("it is changed all the time while it is read");
        } catch (IllegalArgumentException e) {
            throw CredentialFileException.of(file, e);
        } catch (IOException e) {
            throw CredentialFileException.of(file, e);
        }
    }

    private static void checkKind(FileState.Kind kind) throws IOException {
        switch (kind) {
            case REGULAR_FILE -> {}
            case DIRECTORY -> throw new IOException("it is a directory");
            case OTHER -> throw new IOException("it is not a regular file");
        }
    }

    private static byte[] octets(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] octets = in.readNBytes(MAX_OCTETS + 1);
            if (octets.length > MAX_OCTETS) {
                throw new IOException("it has more than " + MAX_OCTETS + " octets");
            }
            return octets;
        }
    }

    private static String text(byte[] octets) throws IOException {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(octets))
                    .toString();
            return text.startsWith(BYTE_ORDER_MARK) ? text.substring(BYTE_ORDER_MARK.length()) : text;
        } catch (CharacterCodingException e) {
            throw new IOException("it is not UTF-8 text", e);
        }
    }

    /** Reads each line that says something. */
    void forEach(LineReader reader) throws CredentialFileException {
        int number = 0;
        for (String line : lines) {
            number++;
            String stripped = line.strip();
            if (stripped.isEmpty() || stripped.startsWith("#")) {
                continue;
            }
            try {
                reader.read(number, stripped);
            } catch (IllegalArgumentException e) {
                throw CredentialFileException.of(file, number, e);
            }
        }
    }

    /**
     * The parts of a line, with blanks between them.
     *
     * @param form what they are, for the message if there are fewer or more
     */
    static String[] parts(String line, String form) {
        String[] parts = line.split("\\s+", -1);
        int wanted = form.split(" ", -1).length;
        if (parts.length != wanted) {
            throw new IllegalArgumentException(
                    "a line is '" + form + "', " + wanted + " words; this one has " + parts.length);
        }
        return parts;
    }
}
