package io.zmtpbroker.broker.access;

import static io.zmtpbroker.zmtp.security.ZmtpAuthenticationAnswer.Status.AUTHENTICATION_FAILURE;

import io.zmtpbroker.zmtp.ZmtpUser;
import io.zmtpbroker.zmtp.security.ZmtpAuthenticationAnswer;
import io.zmtpbroker.zmtp.security.ZmtpAuthenticationRequest;
import io.zmtpbroker.zmtp.security.ZmtpCredentials;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Users with keys, for CURVE. */
final class CurveAllowFile implements CredentialSource {

    private final CredentialFile<CurveKeys> file;

    CurveAllowFile(Path path) throws CredentialFileException {
        this.file = new CredentialFile<>(path, CurveKeys::read);
    }

    @Override
    public CompletionStage<ZmtpAuthenticationAnswer> authenticate(ZmtpAuthenticationRequest request) {
        return CompletableFuture.completedFuture(answer(request.credentials()));
    }

    private ZmtpAuthenticationAnswer answer(ZmtpCredentials credentials) {
        if (!(credentials instanceof ZmtpCredentials.Curve shown)) {
            return ZmtpAuthenticationAnswer.refusal(AUTHENTICATION_FAILURE, "no key was shown");
        }
        CurveKeys.Entry entry = file.content().find(shown.clientKey());
        return entry == null
                ? ZmtpAuthenticationAnswer.refusal(
                        AUTHENTICATION_FAILURE, "key " + shown.clientKey().z85() + " is not on the list")
                : CredentialSource.success(entry.name(), entry.roles(), entry.credential());
    }

    @Override
    public boolean isValid(ZmtpUser user, String credential) {
        CurveKeys.Entry now = file.content().find(credential);
        return now != null && now.name().equals(user.id()) && now.roles().containsAll(AccessRole.of(user));
    }

    @Override
    public void readAgain() throws CredentialFileException {
        file.readAgain();
    }

    @Override
    public String description() {
        return Counted.of(file.content().size(), "key") + " of " + file.path();
    }
}
