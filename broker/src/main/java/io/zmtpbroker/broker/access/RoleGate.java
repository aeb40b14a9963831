package io.zmtpbroker.broker.access;

import static io.zmtpbroker.zmtp.security.ZmtpAuthenticationAnswer.Status.AUTHENTICATION_FAILURE;
import static io.zmtpbroker.zmtp.security.ZmtpAuthenticationAnswer.Status.SUCCESS;

import io.zmtpbroker.zmtp.security.ZmtpAuthenticationAnswer;
import io.zmtpbroker.zmtp.security.ZmtpAuthenticationRequest;
import io.zmtpbroker.zmtp.security.ZmtpAuthenticator;
import java.util.Collections;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * Keeps those out whom another authenticator would let in, but who have no role that an endpoint is for: they are told so in the
 * handshake, so that they do not come again.
 */
record RoleGate(ZmtpAuthenticator authenticator, Set<AccessRole> wanted) implements ZmtpAuthenticator {

    @Override
    public CompletionStage<ZmtpAuthenticationAnswer> authenticate(ZmtpAuthenticationRequest request) {
        return Derived.from(authenticator.authenticate(request), this::judge);
    }

    private ZmtpAuthenticationAnswer judge(ZmtpAuthenticationAnswer answer) {
        if (answer.status() != SUCCESS || !Collections.disjoint(AccessRole.of(answer.user()), wanted)) {
            return answer;
        }
        return ZmtpAuthenticationAnswer.refusal(
                AUTHENTICATION_FAILURE,
                "user '" + answer.user().id() + "' has not the role " + AccessRole.format(wanted));
    }
}
