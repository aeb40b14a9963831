package io.zmtpbroker.broker.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** {@link PartialMessages} with peers that hold what a test says, and a clock that it moves. */
final class PartialMessagesBench {
    static final long MIB = 1 << 20;
    static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    /** Scarce from (90 - 60) / 3 = 10 MiB on. */
    final PartialMessages partials = new PartialMessages(90 * MIB, 60 * MIB);

    final AddressUse here = new AddressUse(null);
    long nowNanos;

    final class Peer implements Holding.Holder {
        private final AddressUse address;
        boolean kept;
        boolean read = true;

        @Nullable
        String closed;

        private Peer(AddressUse address) {
            this.address = address;
        }

        void holds(long held, long nowNanos) {
            partials.update(this, held, 0, nowNanos);
        }

        @Override
        public AddressUse address() {
            return address;
        }

        @Override
        public boolean isKeptFromReading() {
            return kept;
        }

        @Override
        public void readPartial(boolean again) {
            read = again;
        }

        @Override
        public void closeAsHolder(String reason) {
            closed = reason;
        }
    }

    /** All of these have one address. */
    Peer peer() {
        return peer(here);
    }

    Peer peer(AddressUse address) {
        return new Peer(address);
    }

    /** One with an address of its own. */
    Peer peerFromElsewhere() {
        return peer(new AddressUse(null));
    }

    void tickUntilRead(Peer peer, long limitNanos) {
        while (!peer.read && nowNanos < limitNanos) {
            tick();
        }
        assertThat(peer.read).isTrue();
    }

    /** A message of so many octets comes, as fast as the loop reads. */
    void receiveAll(Peer peer, long octets) {
        for (long held = MIB / 8; held <= octets; held += MIB / 16) {
            peer.holds(held, nowNanos);
            nowNanos += SECOND / 2000;
            partials.onTick(nowNanos);
        }
    }

    void tick() {
        nowNanos += partials.tickNanos();
        partials.onTick(nowNanos);
    }

    /** Time passes, and ticks come as often as they do from the loop. */
    void tickUntil(long untilNanos) {
        while (untilNanos - nowNanos > LongMessageTurns.TICK_NANOS) {
            nowNanos += LongMessageTurns.TICK_NANOS;
            partials.onTick(nowNanos);
        }
        nowNanos = untilNanos;
        partials.onTick(nowNanos);
    }
}
