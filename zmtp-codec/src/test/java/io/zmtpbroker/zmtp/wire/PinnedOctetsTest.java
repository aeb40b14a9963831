package io.zmtpbroker.zmtp.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.AdaptiveByteBufAllocator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.zmtpbroker.zmtp.testing.LeakCheck;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is pinned by what is kept, with each of Netty's allocators. */
@ExtendWith(LeakCheck.class)
class PinnedOctetsTest {
    private static final int READ = 64 << 10;

    static Stream<ByteBufAllocator> allocators() {
        return Stream.of(
                new PooledByteBufAllocator(true), new AdaptiveByteBufAllocator(), UnpooledByteBufAllocator.DEFAULT);
    }

    @ParameterizedTest
    @MethodSource("allocators")
    void ofACopyAreItsOctets(ByteBufAllocator allocator) {
        ByteBuf read = allocator.directBuffer(READ, READ).writeZero(100);

        ByteBuf kept = Borrowed.keep(read, allocator);

        assertThat(PinnedOctets.of(kept)).isEqualTo(100);
        kept.release();
        read.release();
    }

    @ParameterizedTest
    @MethodSource("allocators")
    void ofASliceAreThoseOfWhatWasRead(ByteBufAllocator allocator) {
        ByteBuf read = allocator.directBuffer(READ, READ).writeZero(READ / 2 + 10);

        ByteBuf kept = Borrowed.keep(read, allocator).skipBytes(10);

        assertThat(PinnedOctets.of(kept)).isEqualTo(READ);
        kept.release();
        read.release();
    }

    /** As io_uring gives them: the buffer of the ring does not show in the capacity. */
    @ParameterizedTest
    @MethodSource("allocators")
    void ofASliceOfASliceAreThoseOfTheFirstBuffer(ByteBufAllocator allocator) {
        ByteBuf ring = allocator.directBuffer(READ / 2, READ / 2).writeZero(READ / 2);
        ByteBuf read = ring.retainedSlice(0, READ / 4);

        ByteBuf kept = Borrowed.keep(read, allocator);

        assertThat(read.capacity()).isEqualTo(READ / 4);
        assertThat(PinnedOctets.of(kept)).isEqualTo(READ / 2);
        kept.release();
        read.release();
        ring.release();
    }

    @ParameterizedTest
    @MethodSource("allocators")
    void ofAMessageInPartsAreThoseOfAllParts(ByteBufAllocator allocator) {
        ByteBuf first = allocator.directBuffer(READ, READ).writeZero(READ);
        ByteBuf second = allocator.directBuffer(READ, READ).writeZero(READ / 2);
        ByteBuf whole = allocator.compositeBuffer().addComponents(true, first.retainedSlice(10, READ - 10), second);

        ByteBuf kept = Borrowed.keep(whole, allocator);

        assertThat(PinnedOctets.of(kept)).isEqualTo(2 * READ);
        kept.release();
        whole.release();
        first.release();
    }
}
