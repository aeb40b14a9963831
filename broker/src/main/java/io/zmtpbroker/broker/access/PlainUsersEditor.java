package io.zmtpbroker.broker.access;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Changes one user of a users file; all other lines, comments among them, stay as they are. */
public final class PlainUsersEditor {

    /** As long as PLAIN can carry it (24/PLAIN). */
    private static final int MAX_PASSWORD_OCTETS = 255;

    private static final String HEADING = "# " + PlainUser.FORM + "; written by zmtp-broker passwd";

    private final Path file;
    private final List<String> lines;

    private PlainUsersEditor(Path file, List<String> lines) {
        this.file = file;
        this.lines = lines;
    }

    /** Reads a file, if there is one: it must be in order, so that nothing is written to a file that is none of ours. */
    public static PlainUsersEditor open(Path file) throws CredentialFileException {
        if (Files.notExists(file)) {
            return new PlainUsersEditor(file, new ArrayList<>(List.of(HEADING)));
        }
        PlainUsers.read(file);
        return new PlainUsersEditor(file, new ArrayList<>(TextFile.lines(file)));
    }

    /**
     * Checks that {@link #set} would do it.
     *
     * @param roles empty to keep those that the user has
     * @throws IllegalArgumentException if the name cannot be one, or a new user has no role
     */
    public void checkSet(String name, Set<AccessRole> roles) {
        UserName.check(name);
        if (roles.isEmpty() && find(name) == null) {
            throw new IllegalArgumentException(
                    "'" + name + "' is new: say what it may do, --role client, --role worker or both");
        }
    }

    /**
     * Gives a user a password, and writes the file.
     *
     * @param roles empty to keep those that the user has
     * @param password octets of UTF-8
     * @throws IllegalArgumentException as {@link #checkSet}, and if the password cannot be one
     */
    public void set(String name, Set<AccessRole> roles, byte[] password) throws CredentialFileException {
        checkSet(name, roles);
        checkPassword(password);
        PlainUser old = find(name);
        PasswordHash hash = PasswordHash.of(password, PasswordHash.ITERATIONS, new SecureRandom());
        String line = new PlainUser(name, hash, roles.isEmpty() && old != null ? old.roles() : roles).toString();
        int at = lineOf(name);
        if (at < 0) {
            lines.add(line);
        } else {
            lines.set(at, line);
        }
        write();
    }

    /** Takes a user out of the file; false if it is not there. */
    public boolean delete(String name) throws CredentialFileException {
        int at = lineOf(name);
        if (at < 0) {
            return false;
        }
        lines.remove(at);
        write();
        return true;
    }

    private static void checkPassword(byte[] password) {
        if (password.length == 0) {
            throw new IllegalArgumentException("the password is empty");
        }
        if (password.length > MAX_PASSWORD_OCTETS) {
            throw new IllegalArgumentException(
                    "the password has " + password.length + " octets, and may have " + MAX_PASSWORD_OCTETS);
        }
        try {
            if (StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(password))
                    .chars()
                    .anyMatch(Character::isISOControl)) {
                throw new IllegalArgumentException("the password has a control character");
            }
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("the password is not UTF-8", e);
        }
    }

    private @Nullable PlainUser find(String name) {
        int at = lineOf(name);
        return at < 0 ? null : PlainUser.parse(lines.get(at).strip());
    }

    private int lineOf(String name) {
        for (int at = 0; at < lines.size(); at++) {
            String line = lines.get(at).strip();
            if (!line.isEmpty() && !line.startsWith("#") && line.split("\\s+", -1)[0].equals(name)) {
                return at;
            }
        }
        return -1;
    }

    private void write() throws CredentialFileException {
        PrivateFile.replace(file, String.join("\n", lines) + "\n");
    }
}
