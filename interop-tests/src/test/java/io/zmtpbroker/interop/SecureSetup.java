package io.zmtpbroker.interop;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.zmtpbroker.broker.access.AccessRole;
import io.zmtpbroker.broker.access.CredentialFileException;
import io.zmtpbroker.broker.access.KeyPairFile;
import io.zmtpbroker.zmtp.security.CurveKeyPair;
import io.zmtpbroker.zmtp.security.CurvePublicKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/** The files of a broker with users, in a folder of its own. Users are named for what they may do. */
final class SecureSetup {
    static final Set<AccessRole> CLIENT = Set.of(AccessRole.CLIENT);
    static final Set<AccessRole> WORKER = Set.of(AccessRole.WORKER);

    private static final int ITERATIONS = 10_000;

    /** The mechanisms that have users. */
    enum Mechanism {
        PLAIN,
        CURVE
    }

    private final Mechanism mechanism;
    private final Path folder;
    private final CurveKeyPair broker = CurveKeyPair.generate();
    private final Map<String, CurveKeyPair> keys = new LinkedHashMap<>();
    private final Map<String, String> allowed = new LinkedHashMap<>();

    SecureSetup(Mechanism mechanism, Path folder) {
        this.mechanism = mechanism;
        this.folder = folder;
        try {
            if (mechanism == Mechanism.CURVE) {
                KeyPairFile.write(folder.resolve("broker.key"), broker, false);
                writeUsers();
            }
        } catch (CredentialFileException e) {
            throw new AssertionError(e);
        }
    }

    /** A user that the file has from now on. */
    PeerUser add(String name, Set<AccessRole> roles) {
        if (mechanism == Mechanism.PLAIN) {
            allowed.put(name, name + " " + hash(password(name)) + " " + AccessRole.format(roles));
            writeUsers();
            return PeerUser.plain(name, password(name));
        }
        CurveKeyPair pair = keys.computeIfAbsent(name, absent -> CurveKeyPair.generate());
        allowed.put(name, pair.publicKey().z85() + " " + name + " " + AccessRole.format(roles));
        writeUsers();
        return PeerUser.curve(pair, broker.publicKey());
    }

    void remove(String name) {
        allowed.remove(name);
        writeUsers();
    }

    /** Somebody whom no file has. */
    PeerUser stranger() {
        return mechanism == Mechanism.PLAIN
                ? PeerUser.plain("nobody", "x")
                : PeerUser.curve(CurveKeyPair.generate(), broker.publicKey());
    }

    /** Somebody with the name of a user, but without what shows it; by CURVE somebody who takes another for the broker. */
    PeerUser impostor(String name) {
        return mechanism == Mechanism.PLAIN
                ? PeerUser.plain(name, "wrong")
                : PeerUser.curve(
                        Objects.requireNonNull(keys.get(name)),
                        CurveKeyPair.generate().publicKey());
    }

    /** The file of users or keys. */
    Path users() {
        return folder.resolve(mechanism == Mechanism.PLAIN ? "users" : "keys");
    }

    static String password(String name) {
        return "password-of-" + name;
    }

    CurvePublicKey brokerKey() {
        return broker.publicKey();
    }

    String secretKey() {
        return broker.secretKeyZ85();
    }

    /** The options of the command line. */
    String[] options() {
        return options(mechanism.name().toLowerCase(Locale.ROOT));
    }

    /** The same, with another mechanism for all endpoints. */
    String[] options(String standard) {
        return Stream.concat(Stream.of("--mechanism", standard), files().stream())
                .toArray(String[]::new);
    }

    /** The options that name the files. */
    List<String> files() {
        return mechanism == Mechanism.PLAIN
                ? List.of("--plain-users", users().toString())
                : List.of(
                        "--curve-secret-file", folder.resolve("broker.key").toString(),
                        "--curve-allow", users().toString());
    }

    /** As zmtp-broker passwd makes it, but quickly: the broker of a test runs without the compiler that makes it bearable. */
    private static String hash(String password) {
        try {
            byte[] salt = "saltsaltsaltsalt".getBytes(UTF_8);
            byte[] hash = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(new PBEKeySpec(password.toCharArray(), salt, ITERATIONS, 256))
                    .getEncoded();
            return "$pbkdf2-sha256$" + ITERATIONS + "$" + base64(salt) + "$" + base64(hash);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static String base64(byte[] octets) {
        return Base64.getEncoder().withoutPadding().encodeToString(octets).replace('+', '.');
    }

    private void writeUsers() {
        try {
            Files.writeString(users(), allowed.values().stream().collect(Collectors.joining("\n", "# users\n", "\n")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
