package io.zmtpbroker.broker.access;

import static io.zmtpbroker.zmtp.security.ZmtpAuthenticationAnswer.Status.AUTHENTICATION_FAILURE;
import static io.zmtpbroker.zmtp.security.ZmtpAuthenticationAnswer.Status.TEMPORARY_ERROR;

import io.zmtpbroker.zmtp.ZmtpUser;
import io.zmtpbroker.zmtp.security.ZmtpAuthenticationAnswer;
import io.zmtpbroker.zmtp.security.ZmtpAuthenticationRequest;
import io.zmtpbroker.zmtp.security.ZmtpCredentials;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Users with passwords, for PLAIN. */
final class PlainUsersFile implements CredentialSource {

    private final CredentialFile<PlainUsers> file;
    private final PasswordChecks checks;

    PlainUsersFile(Path path, PasswordChecks checks) throws CredentialFileException {
        this.file = new CredentialFile<>(path, PlainUsers::read);
        this.checks = checks;
    }

    @Override
    public CompletionStage<ZmtpAuthenticationAnswer> authenticate(ZmtpAuthenticationRequest request) {
        if (!(request.credentials() instanceof ZmtpCredentials.Plain shown)) {
            return CompletableFuture.completedFuture(
                    ZmtpAuthenticationAnswer.refusal(AUTHENTICATION_FAILURE, "no password was shown"));
        }
        PlainUsers users = file.content();
        PlainUser user = users.find(shown.user());
        return Derived.from(checks.check(request.address(), users, shown), outcome -> answer(user, outcome));
    }

    private static ZmtpAuthenticationAnswer answer(@Nullable PlainUser user, PasswordChecks.Outcome outcome) {
        return switch (outcome) {
            case RIGHT -> {
                PlainUser known = Objects.requireNonNull(user);
                yield CredentialSource.success(known.name(), known.roles(), known.credential());
            }
            case WRONG ->
                ZmtpAuthenticationAnswer.refusal(
                        AUTHENTICATION_FAILURE,
                        user == null ? "unknown user" : "wrong password of user '" + user.name() + "'");
            case BUSY ->
                ZmtpAuthenticationAnswer.refusal(
                        TEMPORARY_ERROR, "too many passwords wait to be checked; it may try again");
        };
    }

    @Override
    public boolean isValid(ZmtpUser user, String credential) {
        PlainUser now = file.content().find(user.id());
        return now != null && now.credential().equals(credential) && now.roles().containsAll(AccessRole.of(user));
    }

    @Override
    public void readAgain() throws CredentialFileException {
        PlainUsers before = file.content();
        file.readAgain();
        file.content().remember(before);
    }

    @Override
    public String description() {
        return Counted.of(file.content().size(), "user") + " of " + file.path();
    }
}
