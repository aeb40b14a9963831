package io.zmtpbroker.zmtp.security;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.zmtpbroker.zmtp.ZmtpLimits;
import io.zmtpbroker.zmtp.ZmtpPeer;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** All that traffic asks of a connection. */
record LimitsPort(ZmtpLimits limits, ByteBufAllocator allocator) implements ZmtpMechanismPort {
    @Override
    public String peerAddress() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void send(ByteBuf frame) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void complete(ZmtpPeer peer) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void complete(ZmtpPeer peer, ZmtpTraffic traffic) {
        throw new UnsupportedOperationException();
    }

    @Override
    public <T> void await(CompletionStage<T> answer, BiConsumer<@Nullable T, @Nullable Throwable> then) {
        throw new UnsupportedOperationException();
    }
}
