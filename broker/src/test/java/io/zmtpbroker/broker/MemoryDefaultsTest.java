package io.zmtpbroker.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.zmtpbroker.broker.net.Endpoint;
import io.zmtpbroker.broker.net.ListenException;
import io.zmtpbroker.broker.net.MemoryLimits;
import io.zmtpbroker.broker.net.MemoryShares;
import io.zmtpbroker.zmtp.ZmtpLimits;
import org.junit.jupiter.api.Test;

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
