package io.zmtpbroker.zmtp.security.nacl;

/** What all implementations ask of a key. */
final class Keys {
    private Keys() {}

    /** The key, if it has the right length. */
    static byte[] checked(byte[] key) {
        if (key.length != Nacl.KEY_LENGTH) {
            throw new IllegalArgumentException("key of " + key.length + " octets");
        }
        return key;
    }
}
