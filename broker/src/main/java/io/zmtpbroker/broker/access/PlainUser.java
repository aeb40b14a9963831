package io.zmtpbroker.broker.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One line of a users file, as it was read once. Immutable, but for what is remembered of its right password. */
final class PlainUser {

    static final String FORM = "name hash roles";

    private final String name;
    private final PasswordHash hash;
    private final Set<AccessRole> roles;
    private final String credential;

    /** What {@link PasswordSeal} made of the password when it was last found right; null before. */
    private volatile byte @Nullable [] lastRight;

    PlainUser(String name, PasswordHash hash, Set<AccessRole> roles) {
        this.name = name;
        this.hash = hash;
        this.roles = roles;
        this.credential =
                "plain:" + name + ":" + Fingerprint.sha256(hash.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** Reads a line. */
    static PlainUser parse(String line) {
        String[] parts = TextFile.parts(line, FORM);
        return new PlainUser(UserName.check(parts[0]), PasswordHash.parse(parts[1]), AccessRole.parse(parts[2]));
    }

    String name() {
        return name;
    }

    PasswordHash hash() {
        return hash;
    }

    Set<AccessRole> roles() {
        return roles;
    }

    /** Names this password of this user, and says nothing of it. */
    String credential() {
        return credential;
    }

    boolean wasRight(byte[] sealed) {
        byte[] right = lastRight;
        return right != null && MessageDigest.isEqual(right, sealed);
    }

    void rememberRight(byte[] sealed) {
        lastRight = sealed;
    }

    /** Remembers what the same user with the same password did. */
    void remember(PlainUser before) {
        lastRight = before.lastRight;
    }

    /** The line, as {@link #parse} reads it. */
    @Override
    public String toString() {
        return name + " " + hash + " " + AccessRole.format(roles);
    }
}
