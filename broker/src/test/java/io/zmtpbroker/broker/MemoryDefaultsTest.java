package io.zmtpbroker.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.zmtpbroker.broker.net.Endpoint;
import io.zmtpbroker.broker.net.ListenException;
import io.zmtpbroker.broker.net.MemoryLimits;
import io.zmtpbroker.broker.net.MemoryShares;
import io.zmtpbroker.zmtp.ZmtpLimits;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What may be held where nothing is said, and what follows from what is said. */
class MemoryDefaultsTest {
    private static final long MIB = 1 << 20;
    private static final Endpoint ANY = Endpoint.parse("tcp://127.0.0.1:*");

    @Test
    void areSharesOfTheMemory() {
        BrokerConfig config = builder(256).build();

        assertThat(config.dispatch().maxQueuedOctets()).isEqualTo(24 * MIB);
        assertThat(config.net().limits().zmtp().maxMessageLength()).isEqualTo(16 * MIB);
        assertThat(config.net().limits().memory()).isEqualTo(new MemoryLimits(12 * MIB, 48 * MIB, 32 * MIB));
    }

    @Test
    void aMessageIsNeverLongerThanUsualUnlessItIsSaid() {
        assertThat(longest(builder(8192))).isEqualTo(64 * MIB);
        assertThat(longest(builder(8192).maxMessageBytes(65 * MIB))).isEqualTo(65 * MIB);
        assertThat(longest(builder(8192).limits(ZmtpLimits.DEFAULT.withMaxMessageLength(66 * MIB))))
                .isEqualTo(66 * MIB);
    }

    /** Also if that is the usual length. */
    @Test
    void whatIsSaidIsNotLowered() {
        assertThat(longest(builder(256).maxMessageBytes(64 * MIB))).isEqualTo(64 * MIB);
        assertThat(builder(256)
                        .maxMessageBytes(64 * MIB)
                        .build()
                        .net()
                        .limits()
                        .memory()
                        .maxPartialOctets())
                .isEqualTo(96 * MIB);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder(128).maxMessageBytes(64 * MIB).build())
                .withMessageStartingWith("--max-message-bytes 67108864 needs --max-partial-bytes");
    }

    @Test
    void aMessageIsAsLongAsFitsInWhatIsSaidOfPartialOnes() {
        assertThat(longest(builder(256).maxPartialBytes(4 * MIB))).isEqualTo(3 * MIB);
    }

    @Test
    void aLineAtTheStartSaysThatAMessageMustBeShorterThanUsual() throws ListenException {
        try (LogLines log = new LogLines()) {
            Broker.start(builder(256).build()).close();

            assertThat(log.with("--max-message-bytes is " + (16 << 20))).hasSize(1);
        }
    }

    @Test
    void noLineSaysItWhereMemoryIsNotTheReason() throws ListenException {
        try (LogLines log = new LogLines()) {
            Broker.start(builder(1024).build()).close();
            Broker.start(builder(256).maxMessageBytes(16 * MIB).build()).close();
            Broker.start(builder(256)
                            .limits(ZmtpLimits.DEFAULT.withMaxMessageLength(16 * MIB))
                            .build())
                    .close();
            Broker.start(builder(256).maxPartialBytes(4 * MIB).build()).close();

            assertThat(log.with("--max-message-bytes")).isEmpty();
        }
    }

    /** A peer is held back when it is slow, and closed when more waits than may: there must be something in between. */
    @ParameterizedTest
    @ValueSource(longs = {1, 4, 8, 15, 16, 17, 31, 32, 33, 256, 8192})
    void twiceAsMuchMayWaitForAPeerAsMakesItSlow(long mebibytes) {
        long slow = new MemoryShares(mebibytes * MIB).slow();
        long least = longest(builder(mebibytes)) + 2 * slow;

        assertThat(slow).isBetween(1L, MIB);
        assertThat(outgoing(builder(mebibytes))).isGreaterThanOrEqualTo(least);
        assertThat(outgoing(builder(mebibytes).maxOutgoingBytes(1))).isGreaterThanOrEqualTo(least);
        assertThat(outgoing(builder(mebibytes).maxOutgoingBytes(1).maxMessageBytes(1)))
                .isGreaterThanOrEqualTo(2 * slow + 1);
        assertThat(new MemoryShares(mebibytes * MIB).unread())
                .as("for all that are slow")
                .isGreaterThanOrEqualTo(2 * slow);
    }

    @Test
    void aPeerIsSlowFromOneMebibyteOnUnlessMemoryIsSmall() {
        assertThat(new MemoryShares(17 * MIB).slow()).isEqualTo(MIB);
        assertThat(new MemoryShares(16 * MIB).slow()).isEqualTo(MIB);
        assertThat(new MemoryShares(15 * MIB).slow()).isEqualTo(15 * MIB / 16);
    }

    @Test
    void acceptingPausesForATenthOfASecondUnlessItIsSaid() {
        assertThat(builder(256).build().net().limits().acceptPause()).isEqualTo(Duration.ofMillis(100));
        assertThat(builder(256)
                        .acceptPause(Duration.ofMillis(10))
                        .build()
                        .net()
                        .limits()
                        .acceptPause())
                .isEqualTo(Duration.ofMillis(10));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder(256).acceptPause(Duration.ofMillis(9)).build())
                .withMessage("--accept-pause must be at least 10 ms");
    }

    private static long outgoing(BrokerConfig.Builder builder) {
        return builder.build().net().limits().memory().maxOutgoingOctets();
    }

    private static BrokerConfig.Builder builder(long mebibytes) {
        return BrokerConfig.builder(new MemoryShares(mebibytes * MIB))
                .clients(ANY)
                .workers(ANY)
                .answers(ANY);
    }

    private static long longest(BrokerConfig.Builder builder) {
        return builder.build().net().limits().zmtp().maxMessageLength();
    }
}
