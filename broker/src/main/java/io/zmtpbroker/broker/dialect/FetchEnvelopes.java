package io.zmtpbroker.broker.dialect;

import io.netty.buffer.ByteBuf;
import io.zmtpbroker.zmtp.wire.Frames;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * The envelopes of a worker's open fetches, oldest first; each is put back in front of the task that answers it.
 *
 * <p>Nearly all of them are the bare delimiter. Those in front of the first other one are only counted.
 */
final class FetchEnvelopes {

    private static final int DELIMITER_LENGTH = 2;

    private int bareDelimiters;
    private @Nullable ArrayDeque<byte[]> others;

    int size() {
        return bareDelimiters + (others == null ? 0 : others.size());
    }

    /** Keeps the first {@code length} readable octets of a fetch. */
    void add(ByteBuf fetch, int length) {
        if (length == DELIMITER_LENGTH && others == null) {
            bareDelimiters++;
            return;
        }
        if (others == null) {
            others = new ArrayDeque<>();
        }
        byte[] envelope = new byte[length];
        fetch.getBytes(fetch.readerIndex(), envelope);
        others.add(envelope);
    }

    /** Keeps the envelope of a fetch that was not heard. */
    void addBareDelimiter() {
        bareDelimiters++;
    }

    /** Takes that envelope back. */
    void removeBareDelimiter() {
        bareDelimiters--;
    }

    /** Writes the oldest envelope and forgets it; there must be one. */
    void pollTo(ByteBuf out) {
        if (bareDelimiters > 0) {
            bareDelimiters--;
            Frames.writeHeader(out, true, 0);
            return;
        }
        if (others == null) {
            throw new AssertionError("a task without a fetch");
        }
        out.writeBytes(others.remove());
        if (others.isEmpty()) {
            others = null;
        }
    }
}
