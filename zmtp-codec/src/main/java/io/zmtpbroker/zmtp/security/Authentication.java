package io.zmtpbroker.zmtp.security;

import static io.zmtpbroker.zmtp.ZmtpViolation.AUTHENTICATION;
import static io.zmtpbroker.zmtp.ZmtpViolation.AUTHENTICATOR_BUSY;

import io.zmtpbroker.zmtp.RoutingId;
import io.zmtpbroker.zmtp.ZmtpProtocolException;
import io.zmtpbroker.zmtp.ZmtpUser;
import io.zmtpbroker.zmtp.ZmtpViolation;
import io.zmtpbroker.zmtp.wire.CommandWire;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Asks an authenticator and does to the connection what its answer says (27/ZAP, "Response Command"). */
final class Authentication {
    private final ZmtpAuthenticator authenticator;

    /** Whether a refusal may be told; NULL's connecting end has nothing to tell it with. */
    private final boolean mayExplain;

    Authentication(ZmtpAuthenticator authenticator, boolean mayExplain) {
        this.authenticator = authenticator;
        this.mayExplain = mayExplain;
    }

    /** Goes on with {@code admitted}, later, if the peer gets in; it may throw as a mechanism may. */
    void ask(RoutingId routingId, ZmtpCredentials credentials, ZmtpMechanismPort port, Consumer<ZmtpUser> admitted) {
        ZmtpAuthenticationRequest request =
                new ZmtpAuthenticationRequest("", port.peerAddress(), routingId, credentials);
        port.await(answerTo(request), (answer, failure) -> {
            if (answer == null) {
                throw new ZmtpProtocolException(AUTHENTICATION, "no answer of the authenticator: " + kindOf(failure));
            }
            switch (answer.status()) {
                case SUCCESS -> admitted.accept(answer.user());
                case TEMPORARY_ERROR -> throw refusal(AUTHENTICATOR_BUSY, answer);
                case AUTHENTICATION_FAILURE, INTERNAL_ERROR -> {
                    if (mayExplain) {
                        String reason = Integer.toString(answer.status().code());
                        port.send(CommandWire.encodeError(port.allocator(), reason));
                    }
                    throw refusal(AUTHENTICATION, answer);
                }
            }
        });
    }

    @SuppressWarnings("ConstantValue") // an authenticator is others' code
    private CompletionStage<ZmtpAuthenticationAnswer> answerTo(ZmtpAuthenticationRequest request) {
        try {
            CompletionStage<ZmtpAuthenticationAnswer> answer = authenticator.authenticate(request);
            return answer != null ? answer : CompletableFuture.failedFuture(new NullPointerException());
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** The failure's class alone: its message may quote what the peer showed. */
    private static String kindOf(@Nullable Throwable failure) {
        return failure == null ? "null" : failure.getClass().getSimpleName();
    }

    private static ZmtpProtocolException refusal(ZmtpViolation violation, ZmtpAuthenticationAnswer answer) {
        String why = answer.text().isEmpty() ? "" : ": " + answer.text();
        return new ZmtpProtocolException(
                violation, "the authenticator says " + answer.status().code() + why);
    }
}
