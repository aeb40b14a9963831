package io.zmtpbroker.broker.access;

import io.zmtpbroker.zmtp.ZmtpUser;
import io.zmtpbroker.zmtp.security.CurveKeyPair;
import io.zmtpbroker.zmtp.security.CurvePublicKey;
import io.zmtpbroker.zmtp.security.ZmtpAuthenticator;
import io.zmtpbroker.zmtp.security.ZmtpMechanismFactory;
import io.zmtpbroker.zmtp.security.ZmtpMechanisms;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The credentials of a broker: who gets in by PLAIN, who by CURVE, and the broker's own key. Made by {@link #builder}, which
 * reads the files; {@link #readAgain} reads them again. Thread-safe.
 */
public final class Access {

    /** No credentials: everything is NULL. */
    public static final Access NONE = builder().build();

    private final @Nullable ZmtpAuthenticator plain;
    private final @Nullable ZmtpAuthenticator curve;
    private final @Nullable CredentialFile<CurveKeyPair> keyFile;
    private final @Nullable CurveKeyPair givenKeys;
    private final boolean anyKey;

    private Access(Builder builder) {
        plain = builder.plain;
        curve = builder.curve;
        keyFile = builder.keyFile;
        givenKeys = builder.givenKeys;
        anyKey = builder.anyKey;
    }

    /** Begins without credentials. */
    public static Builder builder() {
        return new Builder();
    }

    /** What a mechanism needs and is not here, for people; empty if there is nothing. */
    public Optional<String> missingFor(Mechanism mechanism) {
        return switch (mechanism) {
            case NULL -> Optional.empty();
            case PLAIN -> plain == null ? Optional.of("a users file (--plain-users)") : Optional.empty();
            case CURVE -> missingForCurve();
        };
    }

    private Optional<String> missingForCurve() {
        if (keyFile == null && givenKeys == null) {
            return Optional.of("a key pair (--curve-secret-file)");
        }
        return curve == null
                ? Optional.of("a list of the keys that may come in (--curve-allow FILE), or --curve-allow any")
                : Optional.empty();
    }

    /** Whether anything is here that only this mechanism uses. */
    public boolean concerns(Mechanism mechanism) {
        return switch (mechanism) {
            case NULL -> false;
            case PLAIN -> plain != null;
            case CURVE -> curve != null || keyFile != null || givenKeys != null;
        };
    }

    /** Whether there are files that can be read again. */
    public boolean hasFiles() {
        return keyFile != null || plain instanceof CredentialSource || curve instanceof CredentialSource;
    }

    /** The key by which CURVE clients know the broker. */
    public Optional<CurvePublicKey> publicKey() {
        return keyFile == null && givenKeys == null ? Optional.empty() : Optional.of(keys().publicKey());
    }

    /**
     * The mechanism of an endpoint, at which we are the server whoever connects to whom.
     *
     * @param roles who has none of these does not get in
     * @throws IllegalStateException if something is missing for it
     */
    public ZmtpMechanismFactory mechanism(Mechanism mechanism, Set<AccessRole> roles) {
        missingFor(mechanism).ifPresent(missing -> {
            throw new IllegalStateException(mechanism.label() + " needs " + missing);
        });
        return switch (mechanism) {
            case NULL -> ZmtpMechanisms.anonymous();
            case PLAIN -> ZmtpMechanisms.plainServer(new RoleGate(Objects.requireNonNull(plain), roles));
            case CURVE -> new CurveServerMechanism(this::keys, new RoleGate(Objects.requireNonNull(curve), roles));
        };
    }

    private CurveKeyPair keys() {
        return keyFile == null ? Objects.requireNonNull(givenKeys) : keyFile.content();
    }

    /** Whether a user who was let in would be let in still, with the roles that it has. */
    public boolean isValid(ZmtpUser user) {
        Optional<String> credential = user.metadata().text(CredentialSource.PROPERTY);
        return credential.isEmpty() || sources().stream().anyMatch(source -> source.isValid(user, credential.get()));
    }

    /** Reads all files again, each for itself: one that is broken leaves what it said before. Blocks to read. */
    public synchronized AccessReport readAgain() {
        List<String> problems = new ArrayList<>();
        if (keyFile != null) {
            readAgain(keyFile::readAgain, problems);
        }
        sources().forEach(source -> readAgain(source::readAgain, problems));
        return new AccessReport(descriptions(), problems);
    }

    /** What was read, for people. */
    public List<String> descriptions() {
        List<String> all = new ArrayList<>();
        publicKey().ifPresent(key -> all.add("public key " + key.z85()));
        sources().forEach(source -> all.add(source.description()));
        if (anyKey) {
            all.add("every key may come in");
        }
        return all;
    }

    private interface Step {
        void run() throws CredentialFileException;
    }

    private static void readAgain(Step step, List<String> problems) {
        try {
            step.run();
        } catch (CredentialFileException e) {
            problems.add(String.valueOf(e.getMessage()));
        }
    }

    private List<CredentialSource> sources() {
        List<CredentialSource> sources = new ArrayList<>(2);
        if (plain instanceof CredentialSource file) {
            sources.add(file);
        }
        if (curve instanceof CredentialSource file) {
            sources.add(file);
        }
        return sources;
    }

    /** Collects credentials. */
    public static final class Builder {

        private @Nullable ZmtpAuthenticator plain;
        private @Nullable ZmtpAuthenticator curve;
        private @Nullable CredentialFile<CurveKeyPair> keyFile;
        private @Nullable CurveKeyPair givenKeys;
        private boolean anyKey;

        private Builder() {}

        /** Users of PLAIN: a file that {@code zmtp-broker passwd} writes. */
        public Builder plainUsers(Path file) throws CredentialFileException {
            plain = new PlainUsersFile(file, new PasswordChecks());
            return this;
        }

        /**
         * Who judges names and passwords, instead of a file.
         *
         * @param authenticator may say by {@link AccessRole#PROPERTY} which roles a user has
         */
        public Builder plainUsers(ZmtpAuthenticator authenticator) {
            plain = authenticator;
            return this;
        }

        /** The broker's key pair of CURVE: a file that {@code zmtp-broker keygen} writes. */
        public Builder curveSecretFile(Path file) throws CredentialFileException {
            keyFile = new CredentialFile<>(file, KeyPairFile::read);
            return this;
        }

        /** The broker's key pair of CURVE, instead of a file. */
        public Builder curveKeys(CurveKeyPair keys) {
            givenKeys = keys;
            return this;
        }

        /** Users of CURVE: a file of their public keys. */
        public Builder curveAllow(Path file) throws CredentialFileException {
            curve = new CurveAllowFile(file);
            return this;
        }

        /** Who judges keys, instead of a file. */
        public Builder curveAllow(ZmtpAuthenticator authenticator) {
            curve = authenticator;
            return this;
        }

        /** Every key may come in, in both roles: what is sent is hidden, but nobody is kept out. */
        public Builder curveAllowAny() {
            anyKey = true;
            return curveAllow(ZmtpAuthenticator.anyCurveKey());
        }

        /** The credentials. */
        public Access build() {
            return new Access(this);
        }
    }
}
