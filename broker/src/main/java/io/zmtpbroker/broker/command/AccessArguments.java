package io.zmtpbroker.broker.command;

import io.zmtpbroker.broker.BrokerConfig;
import io.zmtpbroker.broker.access.Access;
import io.zmtpbroker.broker.access.CredentialFileException;
import io.zmtpbroker.broker.access.Mechanism;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Who gets in. No secret is ever among these: they are in files. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class AccessArguments {

    private static final String ANY = "any";

    @Option(
            names = "--mechanism",
            paramLabel = "null|plain|curve",
            description = "how peers show who they are, where an endpoint does not say ?mechanism="
                    + " (default: ${DEFAULT-VALUE}, not at all)",
            defaultValue = "null")
    private Mechanism mechanism;

    @Option(
            names = "--plain-users",
            paramLabel = "FILE",
            description = "names, hashed passwords and roles; 'zmtp-broker passwd' writes it")
    private @Nullable Path plainUsers;

    @Option(
            names = "--curve-secret-file",
            paramLabel = "FILE",
            description = "the broker's key pair; 'zmtp-broker keygen' makes it")
    private @Nullable Path curveSecretFile;

    @Option(
            names = "--curve-allow",
            paramLabel = "FILE|any",
            description = "public keys, names and roles of those who may come in; 'any' lets in everybody who knows the"
                    + " broker's public key (a file of that name is ./any)")
    private @Nullable String curveAllow;

    /** Tells a configuration what was typed, and reads the files. */
    void applyTo(BrokerConfig.Builder builder) throws CredentialFileException {
        builder.mechanism(mechanism).access(access());
    }

    private Access access() throws CredentialFileException {
        Access.Builder access = Access.builder();
        if (plainUsers != null) {
            access.plainUsers(plainUsers);
        }
        if (curveSecretFile != null) {
            access.curveSecretFile(curveSecretFile);
        }
        if (ANY.equals(curveAllow)) {
            access.curveAllowAny();
        } else if (curveAllow != null) {
            access.curveAllow(Path.of(curveAllow));
        }
        return access.build();
    }
}
