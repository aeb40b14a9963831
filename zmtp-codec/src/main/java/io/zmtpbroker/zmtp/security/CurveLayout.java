package io.zmtpbroker.zmtp.security;

/**
 * Names and lengths of the commands of 26/CURVEZMQ, "Protocol Grammar". Lengths are in octets and include the command's
 * name. Where the text of the specification says 70 octets of padding in HELLO, its grammar says 72: we follow the grammar,
 * as all implementations do.
 */
final class CurveLayout {
    static final String MECHANISM = "CURVE";
    static final String HELLO = "HELLO";
    static final String WELCOME = "WELCOME";
    static final String INITIATE = "INITIATE";

    static final int HELLO_LENGTH = 200;
    static final int WELCOME_LENGTH = 168;
    static final int MIN_INITIATE_LENGTH = 257;
    static final int MIN_READY_LENGTH = 30;
    static final int MIN_MESSAGE_LENGTH = 33;

    static final int KEY_LENGTH = CurvePublicKey.LENGTH;
    static final int PADDING_LENGTH = 72;
    static final int SIGNATURE_LENGTH = 64;
    static final int SIGNATURE_BOX_LENGTH = 80;
    static final int LONG_NONCE_LENGTH = 16;
    static final int COOKIE_LENGTH = 96;
    static final int VOUCH_LENGTH = 80;

    static final byte MAJOR_VERSION = 1;
    static final byte MINOR_VERSION = 0;

    /** {@code 07 MESSAGE} as a number of 8 octets. */
    static final long MESSAGE_NAME = 0x07_4d_45_53_53_41_47_45L;

    /** The octet of flags in a MESSAGE, and what it may be. */
    static final int FLAGS_LENGTH = 1;

    static final int INNER_MORE = 1;
    static final int INNER_COMMAND = 2;

    private CurveLayout() {}
}
