package io.zmtpbroker.zmtp.security.nacl;

import io.netty.buffer.ByteBuf;

/**
 * Seals and opens with one key: XSalsa20 and Poly1305, a tag of 16 octets in front of the ciphertext ({@code
 * crypto_box_afternm}). A nonce has 24 octets and must be used once; it is cheapest when those that follow each other have
 * their first 16 octets in common. Not safe for use by several threads.
 */
public interface NaclBox extends AutoCloseable {
    /** Octets by which a box is longer than what is in it. */
    int OVERHEAD = 16;

    /**
     * Octets in front of a text, that is 16 in front of a box to be sealed, and of the writer index of what grows by opening:
     * where they are there, as part of the same buffer outside the heap, nothing has to be copied. They are changed and put
     * back, so nobody else may look at them meanwhile; in front of a box to be opened, 16 octets are enough and only read.
     */
    int HEADROOM = 32;

    /** The length of a nonce, in octets. */
    int NONCE_LENGTH = 24;

    /**
     * Seals in place.
     *
     * @param nonce 24 octets, only read
     * @param buffer its indices stay; the tag is written to 16 octets from {@code index} on, and what follows them becomes
     *     ciphertext
     * @param index of the first octet of the box
     * @param length of what is to be sealed, in octets, without the tag
     */
    void seal(byte[] nonce, ByteBuf buffer, int index, int length);

    /**
     * Opens. Nothing is decrypted before the whole box has been found genuine.
     *
     * @param nonce 24 octets, only read
     * @param in holds the box; its indices stay
     * @param index of the first octet of the box
     * @param length of the box, in octets, with the tag
     * @param out grows by what was in the box, or not at all
     * @return whether the box is genuine
     */
    boolean open(byte[] nonce, ByteBuf in, int index, int length, ByteBuf out);

    /** Erases the key and all that was made of it. May be called more than once; the box is of no use afterwards. */
    @Override
    void close();
}
