package io.zmtpbroker.broker.net;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whether all that may be held fits, where nobody says otherwise. */
class MemorySharesTest {
    private static final long MIB = 1 << 20;

    /** Each total at its limit, with all that may go over it, and what io_uring receives into. */
    @ParameterizedTest
    @ValueSource(longs = {64, 128, 200, 256, 512, 1024, 2000, 4096, 16_384, 262_144})
    void allTotalsTogetherAreNotMoreThanThereIs(long mebibytes) {
        MemoryShares shares = new MemoryShares(mebibytes * MIB);
        long message = shares.message();
        long queued = shares.queued() + shares.queued() / 8 + message;
        long partial = shares.partial(message);
        long outgoing = Math.max(shares.queued(), message + shares.outgoingSpare());
        long unread = new UnreadTotal("clients", Math.max(shares.queued(), shares.unread())).mostOctets(outgoing);

        assertThat(queued + partial + 2 * unread + ReceiveRing.OCTETS).isLessThanOrEqualTo(shares.octets());
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
}
