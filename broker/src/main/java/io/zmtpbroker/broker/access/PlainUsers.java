package io.zmtpbroker.broker.access;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The users of a file, at one time. Immutable, but for what is remembered of right passwords. */
final class PlainUsers {

    private final Map<String, PlainUser> byName;

    /** For names that are not there: as slow as the slowest that is. */
    private final PasswordHash nobody;

    PlainUsers(Map<String, PlainUser> byName) {
        this.byName = byName;
        int iterations = byName.values().stream()
                .mapToInt(user -> user.hash().iterations())
                .max()
                .orElse(PasswordHash.ITERATIONS);
        nobody = PasswordHash.ofNobody(iterations, new SecureRandom());
    }

    /** Reads a file, in which there must be somebody: an empty one is more likely cut off than meant. */
    static PlainUsers read(Path file) throws CredentialFileException {
        PlainUsers users = of(TextFile.read(file, FileProtection.LIST));
        if (users.size() == 0) {
            throw CredentialFileException.of(file, "there is no user in it");
        }
        return users;
    }

    /** Those of a text, who may be none. */
    static PlainUsers of(TextFile text) throws CredentialFileException {
        Map<String, PlainUser> users = new HashMap<>();
        Map<String, Integer> lines = new HashMap<>();
        text.forEach((number, line) -> {
            PlainUser user = PlainUser.parse(line);
            Integer first = lines.putIfAbsent(user.name(), number);
            if (first != null) {
                throw new IllegalArgumentException("user '" + user.name() + "' is in line " + first + " already");
            }
            users.put(user.name(), user);
        });
        return new PlainUsers(users);
    }

    @Nullable
    PlainUser find(String name) {
        return byName.get(name);
    }

    /**
     * Whether this is the password of a user. To find out that it is not takes as long for each user of the file, and for a name
     * that nobody has.
     *
     * @param user one of these; null for a name that nobody has
     */
    boolean isRight(@Nullable PlainUser user, byte[] password) {
        PasswordHash hash = user == null ? nobody : user.hash();
        if (hash.matches(password)) {
            return user != null;
        }
        PasswordHash.spend(nobody.iterations() - hash.iterations());
        return false;
    }

    /** What was remembered before, of the users whose password is the same. */
    void remember(PlainUsers before) {
        byName.values().forEach(user -> {
            PlainUser known = before.find(user.name());
            if (known != null && known.credential().equals(user.credential())) {
                user.remember(known);
            }
        });
    }

    PasswordHash nobody() {
        return nobody;
    }

    int size() {
        return byName.size();
    }
}
