package io.zmtpbroker.broker.net;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whether all that may be held fits, where nobody says otherwise. */
class MemorySharesTest {
    private static final long MIB = 1 << 20;

    /** Each total at its limit, with all that may go over it, and what io_uring receives into. */
    @ParameterizedTest
    @ValueSource(longs = {64, 128, 200, 256, 512, 1024, 2000, 4096, 16_384, 262_144})
    void allTotalsTogetherAreNotMoreThanThereIs(long mebibytes) {
        MemoryShares shares = new MemoryShares(mebibytes * MIB);

        assertThat(together(shares, unread(shares))).isLessThanOrEqualTo(shares.octets());
    }

    /** The table under "All together" in docs/manual.md. */
    @ParameterizedTest
    @CsvSource({
        "64, 17, 19, 26, 93",
        "96, 17, 19, 26, 91",
        "128, 17, 19, 26, 90",
        "256, 17, 19, 22, 82",
        "1024, 17, 19, 19, 75",
        "4096, 12, 14, 19, 65"
    })
    void eachTotalTakesThePartThatTheManualSays(long mebibytes, long queue, long partial, long unread, long together) {
        MemoryShares shares = new MemoryShares(mebibytes * MIB);

        assertThat(percent(queue(shares), shares)).isEqualTo(queue);
        assertThat(percent(shares.partial(shares.message()), shares)).isEqualTo(partial);
        assertThat(percent(unread(shares), shares)).isEqualTo(unread);
        assertThat(percent(together(shares, unread(shares)), shares)).isEqualTo(together);
    }

    /** Where all that waits to be sent stands in buffers that are just over half full, and nobody is sent a long message. */
    @ParameterizedTest
    @CsvSource({"64, 145", "256, 114", "1024, 113", "4096, 104"})
    void allThatWaitsWouldNeedMoreIfItPinnedTwiceItsOctets(long mebibytes, long percent) {
        MemoryShares shares = new MemoryShares(mebibytes * MIB);
        long pinned = 2 * unreadTotal(shares).mostOctets(0);

        assertThat(percent(together(shares, pinned), shares)).isEqualTo(percent);
    }

    @ParameterizedTest
    @ValueSource(longs = {64, 256, 1024, 4096})
    void aLongestMessageFitsBesideWhatOthersHaveBegun(long mebibytes) {
        MemoryShares shares = new MemoryShares(mebibytes * MIB);

        assertThat(MemoryLimits.longestMessage(shares.partial(shares.message())))
                .isGreaterThanOrEqualTo(shares.message());
    }

    @Test
    void forALongerMessageThereIsMoreRoomAsLongAsThatLeavesEnoughForTheRest() {
        MemoryShares shares = new MemoryShares(256 * MIB);

        assertThat(shares.partial(shares.message())).isEqualTo(48 * MIB);
        assertThat(shares.partial(60 * MIB)).isEqualTo(92 * MIB);
        assertThat(shares.partial(200 * MIB)).isEqualTo(96 * MIB);
    }

    private static long together(MemoryShares shares, long unread) {
        return queue(shares) + shares.partial(shares.message()) + 2 * unread + ReceiveRing.OCTETS;
    }

    private static long queue(MemoryShares shares) {
        return shares.queued() + shares.queued() / 8 + shares.message();
    }

    private static long unread(MemoryShares shares) {
        return unreadTotal(shares).mostOctets(Math.max(shares.queued(), shares.message() + shares.outgoingSpare()));
    }

    private static UnreadTotal unreadTotal(MemoryShares shares) {
        return new UnreadTotal("clients", Math.max(shares.queued(), shares.unread()));
    }

    private static long percent(long octets, MemoryShares shares) {
        return Math.round(100.0 * octets / shares.octets());
    }
}
