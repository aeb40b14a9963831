package io.zmtpbroker.broker.socket;

import io.netty.buffer.ByteBuf;

/**
 * What goes out on one connection: octets of whole messages, gathered in a batch that is written once at the end of the
 * loop's turn. Confined to the dispatch loop.
 */
public interface Outgoing {

    /**
     * The buffer that short octets are appended to.
     *
     * @return a buffer to write to at once; it is not the caller's, and not to be kept beyond the next call of this
     *     interface
     */
    ByteBuf buffer();

    /**
     * Appends encoded octets: short ones are copied, long ones are retained and written from where they are.
     *
     * @param octets borrowed for the call; its readable octets are appended, its indices are not moved
     */
    void append(ByteBuf octets);
}
