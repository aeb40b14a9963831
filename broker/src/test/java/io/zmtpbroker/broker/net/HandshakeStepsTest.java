package io.zmtpbroker.broker.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.Channel;
import io.netty.channel.embedded.EmbeddedChannel;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Costly steps of handshakes: a few in each turn, and everybody in turn. */
class HandshakeStepsTest {
    private final HandshakeSteps steps = new HandshakeSteps();
    private final Arrivals arrivals =
            new Arrivals(new ConnectionLimits(1_000, 1_000, 1_000, 1_000, 0), connection -> {});
    private final List<String> done = new ArrayList<>();

    @Test
    void doesAFewAtOnceAndPutsTheOthersOff() {
        Channel peer = peer("192.0.2.1");
        for (int i = 0; i < HandshakeSteps.PER_TURN; i++) {
            assertThat(ask(peer, "now")).isTrue();
        }

        assertThat(ask(peer, "a")).isFalse();
        steps.run();
        assertThat(done).as("nothing more in this turn").isEmpty();
        assertThat(steps.endTurn()).isTrue();
        steps.run();

        assertThat(done).containsExactly("a");
        assertThat(steps.endTurn()).isFalse();
    }

    @Test
    void doesNotLetANewOnePassThoseThatWait() {
        Channel peer = peer("192.0.2.1");
        fillTurn(peer);
        ask(peer, "a");
        steps.endTurn();

        assertThat(ask(peer, "b")).isFalse();
        steps.run();

        assertThat(done).containsExactly("a", "b");
    }

    @Test
    void takesAddressesInTurn() {
        Channel crowd = peer("192.0.2.1");
        fillTurn(crowd);
        for (int i = 0; i < 100; i++) {
            ask(crowd, "crowd");
        }
        ask(peer("192.0.2.2"), "other");
        ask(peer("2001:db8::1"), "third");
        steps.endTurn();

        steps.run();

        assertThat(done).containsExactly("crowd", "other", "third", "crowd");
    }

    @Test
    void spendsNothingOnThoseWhoHaveGone() {
        Channel gone = peer("192.0.2.1");
        fillTurn(gone);
        for (int i = 0; i < 100; i++) {
            ask(gone, "gone");
        }
        ask(peer("192.0.2.1"), "here");
        gone.close();
        steps.endTurn();

        steps.run();

        assertThat(done).containsExactly("here");
        assertThat(steps.endTurn()).isFalse();
    }

    @Test
    void takesAllOfOneNetworkForOneAddress() {
        Channel first = peer("2001:db8::1");
        fillTurn(first);
        for (int host = 1; host <= 100; host++) {
            ask(peer("2001:db8::" + host), "crowd");
        }
        ask(peer("2001:db8:0:1::1"), "other");
        steps.endTurn();

        steps.run();

        assertThat(done).containsExactly("crowd", "other", "crowd", "crowd");
    }

    private boolean ask(Channel peer, String name) {
        Arrival arrival = arrivals.enter(PeerOrigin.of(peer), 0);
        return steps.mayStepNow(arrival.address, peer, () -> done.add(name));
    }

    private void fillTurn(Channel peer) {
        for (int i = 0; i < HandshakeSteps.PER_TURN; i++) {
            ask(peer, "now");
        }
    }

    private static Channel peer(String address) {
        return new EmbeddedChannel() {
            @Override
            protected SocketAddress remoteAddress0() {
                return new InetSocketAddress(address, 4711);
            }
        };
    }
}
