package io.zmtpbroker.zmtp.security;

import static io.zmtpbroker.zmtp.security.ZmtpAuthenticationAnswer.Status.AUTHENTICATION_FAILURE;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Decides who gets in: the question of 27/ZAP as an interface. It is asked once a connection, when a peer's credentials are
 * there and before anything of the peer has reached the application. Whatever else than an answer comes of it (an exception,
 * null, a stage that fails) keeps the peer out, without a word to it.
 */
@FunctionalInterface
public interface ZmtpAuthenticator {
    /**
     * Judges a peer. Called on event loops, possibly of several threads at once, and must not block: what takes time is done
     * elsewhere. The time until the answer counts in the handshake's limit.
     *
     * @param request who wants to come in
     * @return completes with the answer, on any thread. If the connection ends before, it is cancelled where it is a
     *     {@link java.util.concurrent.Future}, so that nothing more need be done for it; therefore it must not be one that others
     *     wait for, too, unless it is complete
     */
    CompletionStage<ZmtpAuthenticationAnswer> authenticate(ZmtpAuthenticationRequest request);

    /**
     * This authenticator, asked in the name of a domain.
     *
     * @param domain what {@link ZmtpAuthenticationRequest#domain()} shall be
     * @return another authenticator
     */
    default ZmtpAuthenticator inDomain(String domain) {
        return request -> authenticate(
                new ZmtpAuthenticationRequest(domain, request.address(), request.routingId(), request.credentials()));
    }

    /**
     * Lets in every peer of CURVE, whatever its key is, and nobody else. It hides what is sent from those who listen, but
     * keeps nobody out. The user id is the key in Z85: the peer has shown that it has that key.
     *
     * @return an authenticator for those who say so explicitly
     */
    static ZmtpAuthenticator anyCurveKey() {
        return request -> CompletableFuture.completedFuture(
                request.credentials() instanceof ZmtpCredentials.Curve curve
                        ? ZmtpAuthenticationAnswer.success(curve.clientKey().z85())
                        : ZmtpAuthenticationAnswer.refusal(AUTHENTICATION_FAILURE));
    }
}
