package io.zmtpbroker.zmtp.security;

import io.zmtpbroker.zmtp.Metadata;
import io.zmtpbroker.zmtp.ZmtpUser;

/**
 * What an authenticator answers (27/ZAP, "Response Command").
 *
 * @param status whether the peer gets in
 * @param text why it does not, for a log; it is not sent to the peer, and has no secret in it; may be empty
 * @param user who it is; of no meaning unless it gets in
 */
public record ZmtpAuthenticationAnswer(Status status, String text, ZmtpUser user) {
    /** The statuses of 27/ZAP. */
    public enum Status {
        /** The peer gets in. */
        SUCCESS(200),
        /** Not now: the connection is closed without a word, and the peer tries again. */
        TEMPORARY_ERROR(300),
        /** Not with these credentials: ERROR tells the peer to give up. */
        AUTHENTICATION_FAILURE(400),
        /** The authenticator cannot tell and never will: ERROR tells the peer to give up. */
        INTERNAL_ERROR(500);

        private final int code;

        Status(int code) {
            this.code = code;
        }

        /**
         * The number of 27/ZAP.
         *
         * @return three digits
         */
        public int code() {
            return code;
        }
    }

    /**
     * Lets a peer in.
     *
     * @param userId who it is
     * @return status 200
     */
    public static ZmtpAuthenticationAnswer success(String userId) {
        return success(userId, Metadata.EMPTY);
    }

    /**
     * Lets a peer in.
     *
     * @param userId who it is
     * @param metadata what else there is to say of the user
     * @return status 200
     */
    public static ZmtpAuthenticationAnswer success(String userId, Metadata metadata) {
        return new ZmtpAuthenticationAnswer(Status.SUCCESS, "", new ZmtpUser(userId, metadata));
    }

    /**
     * Keeps a peer out.
     *
     * @param status why
     * @return that status
     * @throws IllegalArgumentException if the status is {@link Status#SUCCESS}
     */
    public static ZmtpAuthenticationAnswer refusal(Status status) {
        return refusal(status, "");
    }

    /**
     * Keeps a peer out, and says why.
     *
     * @param status what the peer is told
     * @param text what a log is told: the violation's message has it
     * @return that status
     * @throws IllegalArgumentException if the status is {@link Status#SUCCESS}
     */
    public static ZmtpAuthenticationAnswer refusal(Status status, String text) {
        if (status == Status.SUCCESS) {
            throw new IllegalArgumentException("success is no refusal");
        }
        return new ZmtpAuthenticationAnswer(status, text, ZmtpUser.ANONYMOUS);
    }
}
