package io.zmtpbroker.broker.access;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A short text that people write: lines of UTF-8, those that are blank or begin with {@code #} left out. */
final class TextFile {

    /** Hundreds of thousands of users; what is longer is no file of ours. */
    private static final int MAX_OCTETS = 64 << 20;

    private TextFile() {}

    /** Takes a line that says something. */
    interface LineReader {

        /** Reads a line, without blanks around it; throws an {@link IllegalArgumentException} if it is wrong. */
        void read(int number, String line);
    }

    /** All lines, as they are. */
    static List<String> lines(Path file) throws CredentialFileException {
        try {
            if (Files.isDirectory(file)) {
                throw new IOException("it is a directory");
            }
            byte[] octets;
            try (InputStream in = Files.newInputStream(file)) {
                octets = in.readNBytes(MAX_OCTETS + 1);
            }
            if (octets.length > MAX_OCTETS) {
                throw new IOException("it has more than " + MAX_OCTETS + " octets");
            }
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(octets))
                    .toString();
            return text.lines().toList();
        } catch (CharacterCodingException e) {
            throw CredentialFileException.of(file, new IOException("it is not UTF-8 text", e));
        } catch (IOException e) {
            throw CredentialFileException.of(file, e);
        }
    }

    /** Reads each line that says something. */
    static void read(Path file, LineReader reader) throws CredentialFileException {
        int number = 0;
        for (String line : lines(file)) {
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
