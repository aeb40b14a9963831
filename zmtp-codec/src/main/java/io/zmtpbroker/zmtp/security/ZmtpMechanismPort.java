package io.zmtpbroker.zmtp.security;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.zmtpbroker.zmtp.ZmtpLimits;
import io.zmtpbroker.zmtp.ZmtpPeer;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** What a {@link ZmtpMechanism} does to the world. To be used on the connection's event loop only. */
public interface ZmtpMechanismPort {
    /**
     * Where buffers for {@link #send} come from.
     *
     * @return the connection's allocator
     */
    ByteBufAllocator allocator();

    /**
     * What the connection may ask of us.
     *
     * @return the endpoint's limits
     */
    ZmtpLimits limits();

    /**
     * Where the peer is, for an authenticator.
     *
     * @return its network address without a port; empty for a peer that has none
     */
    String peerAddress();

    /**
     * Sends a command.
     *
     * @param frame the whole frame; taken over
     */
    void send(ByteBuf frame);

    /**
     * Ends the handshake well: what comes next are messages. Everything must have been sent before.
     *
     * @param peer who is at the other end
     */
    void complete(ZmtpPeer peer);

    /**
     * Ends the handshake well, as {@link #complete(ZmtpPeer)}, for a mechanism that protects the messages too.
     *
     * @param peer who is at the other end
     * @param traffic what is between the wire and the messages from now on; taken over
     */
    void complete(ZmtpPeer peer, ZmtpTraffic traffic);

    /**
     * Waits for an answer from elsewhere, such as an authenticator. Until it comes no command is passed on; the time counts
     * in the handshake's limit. A connection that ends meanwhile drops the answer, and cancels it if it is a
     * {@link java.util.concurrent.Future}.
     *
     * @param <T> what is answered
     * @param answer may complete on any thread, or be complete already
     * @param then called on the connection's event loop with the answer, null when it failed, and the failure, null when it
     *     did not; may throw as {@link ZmtpMechanism#onCommand} may
     */
    <T> void await(CompletionStage<T> answer, BiConsumer<@Nullable T, @Nullable Throwable> then);
}
