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
@SuppressWarnings("try") // a lock does its part by being there
public final class PlainUsersEditor {

    /** As long as PLAIN can carry it (24/PLAIN). */
    private static final int MAX_PASSWORD_OCTETS = 255;

    private static final String HEADING = "# " + PlainUser.FORM + "; written by zmtp-broker passwd";

    private final Path file;

    /** Read when the editor was opened, and again before they are changed. */
    private List<String> lines;

    private PlainUsersEditor(Path file) throws CredentialFileException {
        this.file = file;
        this.lines = read(file);
    }

    /** Reads a file, if there is one: it must be in order, so that nothing is written to a file that is none of ours. */
    public static PlainUsersEditor open(Path file) throws CredentialFileException {
        return new PlainUsersEditor(file);
    }

    private static List<String> read(Path file) throws CredentialFileException {
        if (Files.notExists(file)) {
            return new ArrayList<>(List.of(HEADING));
        }
        TextFile text = TextFile.read(file, FileProtection.LIST);
        PlainUsers.of(text);
        return new ArrayList<>(text.lines());
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
     * Gives a user a password in the file as it is now, and writes it. Blocks while somebody else does.
     *
     * @param roles empty to keep those that the user has
     * @param password octets of UTF-8
     * @throws IllegalArgumentException as {@link #checkSet}, and if the password cannot be one
     */
    public void set(String name, Set<AccessRole> roles, byte[] password) throws CredentialFileException {
        checkSet(name, roles);
        checkPassword(password);
        PasswordHash hash = PasswordHash.of(password, PasswordHash.ITERATIONS, new SecureRandom());
        try (LockFile lock = LockFile.of(file, LockFile.PATIENCE)) {
            lines = read(file);
            checkSet(name, roles);
            PlainUser old = find(name);
            String line = new PlainUser(name, hash, roles.isEmpty() && old != null ? old.roles() : roles).toString();
            int at = lineOf(name);
            if (at < 0) {
                lines.add(line);
            } else {
                lines.set(at, line);
            }
            write();
        }
    }

    /** Takes a user out of the file as it is now; false if it is not there. Blocks while somebody else writes it. */
    public boolean delete(String name) throws CredentialFileException {
        try (LockFile lock = LockFile.of(file, LockFile.PATIENCE)) {
            lines = read(file);
            int at = lineOf(name);
            if (at < 0) {
                return false;
            }
            lines.remove(at);
            write();
            return true;
        }
    }

    /** Whether there is nobody in the file, so that no broker takes it. */
    public boolean isEmpty() {
        return lines.stream().noneMatch(PlainUsersEditor::hasUser);
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
            String line = lines.get(at);
            if (hasUser(line) && line.strip().split("\\s+", -1)[0].equals(name)) {
                return at;
            }
        }
        return -1;
    }

    private static boolean hasUser(String line) {
        return !line.isBlank() && !line.strip().startsWith("#");
    }

    private void write() throws CredentialFileException {
        PrivateFile.replace(file, String.join("\n", lines) + "\n", true);
    }
}
