package io.zmtpbroker.broker.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.zmtpbroker.broker.fairness.PeerNetwork;
import io.zmtpbroker.broker.observe.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ArrivalsTest {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final PeerNetwork ONE = network("192.0.2.1");
    private static final PeerNetwork ONE_AGAIN = network("192.0.2.1");
    private static final PeerNetwork OTHER = network("192.0.2.2");

    private final Arrivals arrivals = new Arrivals(new ConnectionLimits(6, 4, 3, 2, 5), evicted -> {});
    private final List<Arrival> here = new ArrayList<>();

    @Test
    void letsSoManyConnectionsInInTotal() {
        assertThat(arrivals.refuses(ONE, 5, 0)).isNull();
        assertThat(arrivals.refuses(ONE, 6, 0)).isEqualTo(Refusal.CONNECTIONS);
    }

    @Test
    void letsSoManyConnectionsInOfOneAddress() {
        for (int i = 0; i < 3; i++) {
            complete(ONE);
        }
        assertThat(enter(ONE_AGAIN, 0)).isNull();
        arrivals.handshakeEnded(here.get(3));

        assertThat(arrivals.refuses(ONE, 4, 0)).isEqualTo(Refusal.ADDRESS_CONNECTIONS);
        assertThat(arrivals.refuses(OTHER, 4, 0)).isNull();
        arrivals.leave(here.get(0), 0);
        assertThat(arrivals.refuses(ONE, 3, 0)).isNull();
    }

    @Test
    void letsSoManyHandshakesInOfOneAddress() {
        assertThat(enter(ONE, 0)).isNull();
        assertThat(enter(ONE_AGAIN, 0)).isNull();
        assertThat(enter(ONE, 0)).isEqualTo(Refusal.ADDRESS_HANDSHAKES);
        assertThat(arrivals.refuses(OTHER, 2, 0)).isNull();

        arrivals.handshakeEnded(here.get(0));
        arrivals.handshakeEnded(here.get(0));

        assertThat(enter(ONE, 0)).isNull();
        assertThat(arrivals.handshakes()).isEqualTo(2);
    }

    @Test
    void letsSoManyHandshakesInInTotal() {
        assertThat(enter(ONE, 0)).isNull();
        assertThat(enter(ONE, 0)).isNull();
        assertThat(enter(OTHER, 0)).isNull();

        assertThat(enter(network("192.0.2.3"), 0)).isEqualTo(Refusal.HANDSHAKES);
    }

    @Test
    void lastingHandshakesMakeRoomForNewOnes() {
        enter(ONE, 0);
        enter(ONE, SECOND / 2);

        assertThat(enter(ONE, SECOND - 1)).isEqualTo(Refusal.ADDRESS_HANDSHAKES);
        assertThat(enter(ONE, SECOND)).isNull();
        assertThat(enter(ONE, SECOND)).isEqualTo(Refusal.ADDRESS_HANDSHAKES);
        assertThat(arrivals.handshakes()).isEqualTo(2);
    }

    @Test
    void takesTheSixtyFourBitsOfAnIpv6CustomerForOneAddress() {
        enter(network("2001:db8:0:1::1"), 0);
        enter(network("2001:db8:0:1:ffff::2"), 0);

        assertThat(arrivals.refuses(network("2001:db8:0:1::3"), 2, 0)).isEqualTo(Refusal.ADDRESS_HANDSHAKES);
        assertThat(arrivals.refuses(network("2001:db8:0:2::3"), 2, 0)).isNull();
    }

    @Test
    void thoseThatAreToldApartByNothingHaveNoLimitButTheTotals() {
        for (int i = 0; i < 5; i++) {
            complete(null);
        }

        assertThat(arrivals.refuses(null, 5, 0)).isNull();
        for (int i = 0; i < 1000; i++) {
            assertThat(arrivals.mayWork(null, 0)).isTrue();
        }
    }

    @Test
    void doesCostlyHandshakesAtARateForEachAddress() {
        enter(ONE, 0);
        enter(OTHER, 0);
        for (int i = 0; i < 50; i++) {
            assertThat(arrivals.mayWork(ONE, 0)).isTrue();
        }
        assertThat(arrivals.mayWork(ONE, 0)).isFalse();
        assertThat(arrivals.mayWork(OTHER, 0)).isTrue();

        assertThat(arrivals.mayWork(ONE, SECOND / 5 - 1)).isFalse();
        assertThat(arrivals.mayWork(ONE, SECOND / 5)).isTrue();
        assertThat(arrivals.mayWork(ONE, SECOND / 5)).isFalse();
    }

    @Test
    void countsAtTheHighestRateThatCanBeTyped() {
        var unhurried = new Arrivals(new ConnectionLimits(6, 4, 3, 2, Integer.MAX_VALUE), evicted -> {});
        unhurried.enter(ONE, 0);

        for (int i = 0; i < 1000; i++) {
            assertThat(unhurried.mayWork(ONE, 0)).isTrue();
        }
        var hurried = new Arrivals(new ConnectionLimits(6, 4, 3, 2, 300_000_000), evicted -> {});
        hurried.enter(ONE, 0);
        assertThat(hurried.mayWork(ONE, 0)).isTrue();
    }

    @Test
    void doesNotForgetTheHandshakesOfAnAddressThatHangsUp() {
        enter(ONE, 0);
        while (arrivals.mayWork(ONE, 0)) {
            assertThat(here).hasSize(1);
        }
        arrivals.leave(here.get(0), 0);

        enter(ONE, 0);

        assertThat(arrivals.mayWork(ONE, 0)).isFalse();
    }

    @Test
    void remembersSoManyAddressesAndNoMore() {
        Addresses addresses = new Addresses();
        for (int i = 0; i < Addresses.MAX_REMEMBERED + 100; i++) {
            AddressUse use = addresses.of(network("10." + (i >> 16) + "." + (i >> 8 & 255) + "." + (i & 255)));
            use.handshakeRate = new TokenBucket(1, 10, 0);
            use.handshakeRate.take(0);
            addresses.entered(use);
            addresses.left(use, 0);
        }

        assertThat(addresses.size()).isEqualTo(Addresses.MAX_REMEMBERED);
    }

    @Test
    void doesNotForgetTheUnknownAnswersOfAnAddressThatHangsUp() {
        enter(ONE, 0);
        new UnknownAnswers(here.get(0).address, 0).isOneTooMany(0);
        arrivals.leave(here.get(0), 0);

        enter(ONE, 0);

        assertThat(here.get(1).address.unknownAnswers).isNotNull();
    }

    @Test
    void remembersNobodyWhoDidNothing() {
        Addresses addresses = new Addresses();
        AddressUse use = addresses.of(ONE);
        addresses.entered(use);
        addresses.left(use, 0);

        assertThat(addresses.size()).isZero();
    }

    @Test
    void aUserOfThisMachineIsAnAddressToo() {
        PeerNetwork user = PeerNetwork.ofUser(1000);
        enter(user, 0);
        enter(user, 0);

        assertThat(arrivals.refuses(user, 2, 0)).isEqualTo(Refusal.ADDRESS_HANDSHAKES);
        assertThat(arrivals.refuses(PeerNetwork.ofUser(1001), 2, 0)).isNull();
        assertThat(arrivals.refuses(network("0.0.3.232"), 2, 0))
                .as("another with these bits")
                .isNull();
    }

    private static PeerNetwork network(String address) {
        return PeerNetwork.of(address).orElseThrow();
    }

    private void complete(@Nullable PeerNetwork address) {
        assertThat(enter(address, 0)).isNull();
        arrivals.handshakeEnded(here.get(here.size() - 1));
    }

    private @Nullable Refusal enter(@Nullable PeerNetwork address, long nowNanos) {
        Refusal refusal = arrivals.refuses(address, here.size(), nowNanos);
        if (refusal == null) {
            here.add(arrivals.enter(address, nowNanos));
        }
        return refusal;
    }
}
