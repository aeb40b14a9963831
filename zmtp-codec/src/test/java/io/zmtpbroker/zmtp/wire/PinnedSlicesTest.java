package io.zmtpbroker.zmtp.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.zmtpbroker.zmtp.testing.LeakCheck;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What comes as a slice: its capacity does not show what it pins, as with io_uring, or when something is kept twice. */
@ExtendWith(LeakCheck.class)
class PinnedSlicesTest {
    private static final int READ = 64 << 10;

    private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(false);

    @Test
    void whatIsKeptOnceMoreStillPinsNoMoreThanTwiceItsOctets() {
        ByteBuf read = allocator.buffer(READ, READ).writeZero(READ);
        ByteBuf message = read.retainedSlice(0, READ / 2);
        read.release();

        ByteBuf kept = Borrowed.keep(message, allocator);
        message.release();
        assertThat(used()).as("as it lies").isEqualTo(READ);
        ByteBuf body = Borrowed.keep(kept.skipBytes(READ / 4), allocator);
        kept.release();

        assertThat(body.readableBytes()).isEqualTo(READ / 4);
        assertThat(used()).isLessThanOrEqualTo(2L * body.readableBytes());
        body.release();
    }

    @Test
    void halfOfWhatIsPinnedIsEnoughForASliceOfASlice() {
        ByteBuf read = allocator.buffer(READ, READ).writeZero(READ);
        ByteBuf message = read.slice(10, READ / 2);

        ByteBuf enough = Borrowed.keep(message, allocator);
        ByteBuf oneLess = Borrowed.keep(message.skipBytes(1), allocator);

        assertThat(PinnedOctets.of(enough)).isEqualTo(READ);
        assertThat(PinnedOctets.of(oneLess)).isEqualTo(READ / 2 - 1);
        enough.release();
        oneLess.release();
        read.release();
    }

    @Test
    void partsOfAMessageThatComeAsSlicesPinLittleMoreThanTheirOctets() {
        HeldOctets held = new HeldOctets(allocator);
        for (int i = 0; i < 50; i++) {
            ByteBuf read = allocator.buffer(READ, READ).writeZero(READ);
            ByteBuf slice = read.slice(0, READ / 4);
            held.append(slice, 0, READ / 4, 0);
            read.release();

            assertThat(used()).isLessThanOrEqualTo(2L * held.length() + 512).isLessThanOrEqualTo(held.occupied());
        }

        held.release();
        assertThat(held.occupied()).isZero();
    }

    @Test
    void inputThatNobodyTakesCountsWithWhatItPins() {
        UntakenInput untaken = new UntakenInput(allocator);
        for (int octets : new int[] {READ / 4, READ / 2, READ, 100}) {
            ByteBuf read = allocator.buffer(READ, READ).writeZero(READ);
            untaken.add(read.retainedSlice(0, octets));
            read.release();
        }
        int octets = READ / 4 + READ / 2 + READ + 100;

        assertThat(used()).isLessThanOrEqualTo(2L * octets);
        assertThat(untaken.occupied()).isEqualTo(used());

        ByteBuf first = Objects.requireNonNull(untaken.poll());
        assertThat(untaken.occupied()).isEqualTo(used() - READ / 4);
        untaken.putBack(first.skipBytes(1));
        assertThat(untaken.occupied()).isEqualTo(used());
        untaken.release();
        assertThat(untaken.occupied()).isZero();
        assertThat(used()).isZero();
    }

    private long used() {
        return allocator.metric().usedHeapMemory() + allocator.metric().usedDirectMemory();
    }
}
