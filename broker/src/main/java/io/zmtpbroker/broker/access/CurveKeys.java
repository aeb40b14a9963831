package io.zmtpbroker.broker.access;

import io.zmtpbroker.zmtp.security.CurvePublicKey;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The keys of an allow-list, at one time. Immutable. A user may have several keys. */
final class CurveKeys {

    /** A line begins with a key, and no key in Z85 begins with {@code #}: its first digit is at most 82, and {@code #} is 84. */
    static final String FORM = "key name roles";

    private static final String CREDENTIAL = "curve:";

    /**
     * One line.
     *
     * @param name of the user
     * @param roles of the user when it comes with this key
     */
    record Entry(CurvePublicKey key, String name, Set<AccessRole> roles) {

        static Entry parse(String line) {
            String[] parts = TextFile.parts(line, FORM);
            return new Entry(key(parts[0]), UserName.check(parts[1]), AccessRole.parse(parts[2]));
        }

        private static CurvePublicKey key(String z85) {
            try {
                return CurvePublicKey.ofZ85(z85);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("the first word is no public key: " + e.getMessage(), e);
            }
        }

        String credential() {
            return CREDENTIAL + key.z85();
        }
    }

    private final Map<CurvePublicKey, Entry> byKey;

    private CurveKeys(Map<CurvePublicKey, Entry> byKey) {
        this.byKey = byKey;
    }

    static CurveKeys read(Path file) throws CredentialFileException {
        Map<CurvePublicKey, Entry> entries = new HashMap<>();
        Map<CurvePublicKey, Integer> lines = new HashMap<>();
        TextFile.read(file, FileProtection.LIST).forEach((number, line) -> {
            Entry entry = Entry.parse(line);
            Integer first = lines.putIfAbsent(entry.key(), number);
            if (first != null) {
                throw new IllegalArgumentException("this key is in line " + first + " already");
            }
            entries.put(entry.key(), entry);
        });
        if (entries.isEmpty()) {
            throw CredentialFileException.of(file, "there is no key in it");
        }
        return new CurveKeys(entries);
    }

    @Nullable
    Entry find(CurvePublicKey key) {
        return byKey.get(key);
    }

    /** The line of a credential, or null if it is gone, or was never one of ours. */
    @Nullable
    Entry find(String credential) {
        return credential.startsWith(CREDENTIAL)
                ? find(CurvePublicKey.ofZ85(credential.substring(CREDENTIAL.length())))
                : null;
    }

    int size() {
        return byKey.size();
    }
}
