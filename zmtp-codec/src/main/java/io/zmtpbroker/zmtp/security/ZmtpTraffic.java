package io.zmtpbroker.zmtp.security;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.function.Consumer;

/**
 * What a mechanism does to the frames behind its handshake: between their octets in clear, as {@link
 * io.zmtpbroker.zmtp.wire.MessageDecoder} reads them, and those on the wire. One for each connection, used on its event loop
 * only. A mechanism that sends frames as they are has none.
 */
public interface ZmtpTraffic extends AutoCloseable {
    /**
     * Frames to be sent.
     *
     * @param frames whole frames in canonical form, messages and commands; taken over, also when this throws
     * @param allocator where the result comes from
     * @return the octets for the wire, owned by the caller
     */
    ByteBuf protect(ByteBuf frames, ByteBufAllocator allocator);

    /**
     * Octets that have come, in pieces as the network cuts them.
     *
     * @param octets taken over, also when this throws
     * @param allocator where results come from
     * @param deliver takes over whole frames in canonical form, before this returns or throws
     * @throws io.zmtpbroker.zmtp.ZmtpProtocolException if the peer broke a rule; from then on all input is dropped
     */
    void expose(ByteBuf octets, ByteBufAllocator allocator, Consumer<ByteBuf> deliver);

    /**
     * The memory that is taken, or pinned, by what has come and could not be delivered yet.
     *
     * @return octets
     */
    default long occupiedOctets() {
        return 0;
    }

    /** Drops all later input. May be called more than once, also by {@code deliver}. */
    void stop();

    /** Erases keys and releases buffers. May be called more than once; nothing can be sent or received afterwards. */
    @Override
    void close();
}
