package io.zmtpbroker.broker.access;

import io.zmtpbroker.zmtp.Metadata;
import io.zmtpbroker.zmtp.ZmtpUser;
import io.zmtpbroker.zmtp.security.ZmtpAuthenticationAnswer;
import io.zmtpbroker.zmtp.security.ZmtpAuthenticator;
import java.util.Set;

/** Credentials of one mechanism, which may change while users are connected that came with them. Thread-safe. */
interface CredentialSource extends ZmtpAuthenticator {

    /** The property of a user's metadata that names the credential it came with; without it the credential never ends. */
    String PROPERTY = "X-Zmtp-Broker-Credential";

    /**
     * Whether a credential that let a user in would do so still, with all the roles that it gave.
     *
     * @param credential as {@link #success} was told
     */
    boolean isValid(ZmtpUser user, String credential);

    /** Reads again what it reads. If that fails nothing changes. */
    void readAgain() throws CredentialFileException;

    /** What it has, for people, such as {@code 3 users of users.txt}. */
    String description();

    /** Lets a user in. */
    static ZmtpAuthenticationAnswer success(String name, Set<AccessRole> roles, String credential) {
        return ZmtpAuthenticationAnswer.success(
                name,
                Metadata.builder()
                        .add(AccessRole.PROPERTY, AccessRole.format(roles))
                        .add(PROPERTY, credential)
                        .build());
    }
}
