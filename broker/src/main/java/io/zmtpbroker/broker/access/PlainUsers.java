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

    private PlainUsers(Map<String, PlainUser> byName) {
        this.byName = byName;
        int iterations = byName.values().stream()
                .mapToInt(user -> user.hash().iterations())
                .max()
                .orElse(PasswordHash.ITERATIONS);
        nobody = PasswordHash.ofNobody(iterations, new SecureRandom());
    }

    static PlainUsers read(Path file) throws CredentialFileException {
        Map<String, PlainUser> users = new HashMap<>();
        Map<String, Integer> lines = new HashMap<>();
        TextFile.read(file, (number, line) -> {
            PlainUser user = PlainUser.parse(line);
            Integer first = lines.putIfAbsent(user.name(), number);
            if (first != null) {
                throw new IllegalArgumentException("user '" + user.name() + "' is in line " + first + " already");
            }
            users.put(user.name(), user);
        });
        FileProtection.requireUnchanged(file);
        return new PlainUsers(users);
    }

    @Nullable
    PlainUser find(String name) {
        return byName.get(name);
    }

    PasswordHash nobody() {
        return nobody;
    }

    int size() {
        return byName.size();
    }
}
