package io.zmtpbroker.zmtp.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.zmtpbroker.zmtp.testing.Hex;
import io.zmtpbroker.zmtp.testing.LeakCheck;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(LeakCheck.class)
class HeldOctetsTest {
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void givesBackWhatWasAddedAndHoldsLittleMore(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(false);
        HeldOctets held = new HeldOctets(allocator);
        ByteBuf expected = Unpooled.buffer();

        for (int i = 0; i < 100; i++) {
            if (random.nextInt(4) == 0) {
                int length = random.nextInt(1 << random.nextInt(20));
                held.appendHeader(true, length);
                Frames.writeHeader(expected, true, length);
            }
            byte[] octets = new byte[random.nextInt(1, 2 << random.nextInt(17))];
            random.nextBytes(octets);
            ByteBuf in =
                    allocator.buffer(octets.length + random.nextInt(100_000)).writeBytes(octets);
            int skipped = random.nextInt(octets.length);
            held.append(in, skipped, octets.length - skipped, random.nextInt(100_000));
            expected.writeBytes(octets, skipped, octets.length - skipped);
            in.release();

            assertThat(held.length()).isEqualTo(expected.readableBytes());
            assertThat(allocator.metric().usedHeapMemory() + allocator.metric().usedDirectMemory())
                    .isLessThanOrEqualTo(2L * held.length() + 512);
        }
        ByteBuf whole = held.take();

        assertThat(Hex.of(whole)).isEqualTo(Hex.of(expected));
        assertThat(held.isEmpty()).isTrue();
        whole.release();
    }

    /** As they come on a connection that is slower than we are. */
    @Test
    void takesAnEighthMoreForALongMessageThatCameInBuffersHalfFull() {
        UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(false);
        HeldOctets held = new HeldOctets(allocator);
        for (int i = 0; i < 300; i++) {
            ByteBuf in = allocator.buffer(65_536).writeZero(33_000);
            held.append(in, 0, 33_000, 0);
            in.release();

            assertThat(allocator.metric().usedHeapMemory() + allocator.metric().usedDirectMemory())
                    .isLessThanOrEqualTo(held.length() + Math.max(65_536, held.length() / 8) + 65_536 + 256)
                    .isLessThanOrEqualTo(held.occupied());
        }

        held.release();
    }

    /** The last piece of a message does not get a buffer that others could follow in. */
    @Test
    void takesNoMoreForTheEndOfAMessageThanItNeeds() {
        UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(false);
        HeldOctets held = new HeldOctets(allocator);
        for (int rest = 65_536; rest > 0; ) {
            int count = Math.min(rest, 26_000);
            rest -= count;
            ByteBuf in = allocator.buffer(count).writeZero(count);
            held.append(in, 0, count, rest);
            in.release();
        }

        assertThat(allocator.metric().usedHeapMemory() + allocator.metric().usedDirectMemory())
                .isLessThanOrEqualTo(65_536 + 256);
        held.release();
    }

    @Test
    void isOneBufferWhileItIsSmall() {
        HeldOctets held = new HeldOctets(ByteBufAllocator.DEFAULT);
        ByteBuf in = Hex.buffer(new byte[1]);

        for (int i = 0; i < 60_000; i++) {
            held.append(in, 0, 1, 0);
        }
        ByteBuf whole = held.take();

        assertThat(whole.nioBufferCount()).isEqualTo(1);
        assertThat(whole.capacity()).isLessThanOrEqualTo(65_536);
        whole.release();
        in.release();
    }

    @Test
    void canBeUsedAgain() {
        HeldOctets held = new HeldOctets(ByteBufAllocator.DEFAULT);
        ByteBuf in = Hex.buffer("61 62 63");

        held.append(in, 0, 1, 0);
        held.release();
        held.append(in, 1, 2, 0);
        ByteBuf whole = held.take();

        assertThat(Hex.of(whole)).isEqualTo("6263");
        whole.release();
        in.release();
    }

    @Test
    void keepsASliceOfWhatFillsHalfOfALargeBuffer() {
        ByteBuf full = Hex.buffer(new byte[16_384]);
        ByteBuf small = Hex.buffer(new byte[16_383]);
        ByteBuf empty = ByteBufAllocator.DEFAULT.buffer(40_000).writeZero(16_384);

        ByteBuf ofFull = Borrowed.keep(full, ByteBufAllocator.DEFAULT);
        ByteBuf ofSmall = Borrowed.keep(small, ByteBufAllocator.DEFAULT);
        ByteBuf ofEmpty = Borrowed.keep(empty, ByteBufAllocator.DEFAULT);
        ByteBuf ofNothing = Borrowed.keep(Unpooled.EMPTY_BUFFER, ByteBufAllocator.DEFAULT);
        full.setByte(0, 1);
        small.setByte(0, 1);
        empty.setByte(0, 1);

        assertThat(ofFull.getByte(0)).isEqualTo((byte) 1);
        assertThat(ofSmall.getByte(0)).isZero();
        assertThat(ofEmpty.getByte(0)).isZero();
        assertThat(ofSmall.readableBytes()).isEqualTo(16_383);
        assertThat(ofNothing.isReadable()).isFalse();
        for (ByteBuf buffer : new ByteBuf[] {full, small, empty, ofFull, ofSmall, ofEmpty, ofNothing}) {
            buffer.release();
        }
    }
}
