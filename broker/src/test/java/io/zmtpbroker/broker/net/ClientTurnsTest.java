package io.zmtpbroker.broker.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClientTurnsTest {

    private boolean relaxed;
    private int room = Integer.MAX_VALUE;
    private final List<String> delivered = new ArrayList<>();
    private final List<Client> clients = new ArrayList<>();
    private final ClientTurns turns = new ClientTurns(clients, () -> relaxed);

    private final class Client implements ClientTurns.Taker {
        private final String name;
        private int kept;
        private boolean read = true;
        private boolean broken;
        private boolean closed;

        Client(String name, int kept) {
            this.name = name;
            this.kept = kept;
            clients.add(this);
        }

        void deliver() {
            delivered.add(name);
            if (--room == 0) {
                turns.pause();
            }
            if (turns.isPressed()) {
                turns.delivered(this);
            }
        }

        @Override
        public boolean isClient() {
            return true;
        }

        @Override
        public void stop() {
            read = false;
        }

        @Override
        public void takeOne() {
            if (kept > 0) {
                kept--;
                deliver();
            }
            if (broken) {
                throw new AssertionError("a bug");
            }
        }

        @Override
        public void fail(Throwable cause) {
            closed = true;
        }

        @Override
        public void goOn() {
            read = true;
        }
    }

    @Test
    void doesNothingWhileThereIsRoom() {
        Client client = new Client("a", 0);

        client.deliver();

        assertThat(turns.endTurn()).isFalse();
        assertThat(client.read).isTrue();
    }

    @Test
    void stopsEveryClientWhenTheQueueIsFull() {
        Client talker = new Client("a", 10);
        Client silent = new Client("b", 0);
        turns.pause();

        talker.deliver();
        assertThat(turns.endTurn()).isFalse();

        assertThat(talker.read || silent.read).isFalse();
        Client late = new Client("c", 0);
        turns.arrived(late);
        assertThat(late.read).isFalse();
    }

    @Test
    void stopsThoseAtOnceWhoWouldDeliverInTheSameTurn() {
        Client talker = new Client("a", 10);
        Client other = new Client("b", 10);

        room = 1;
        talker.deliver();

        assertThat(talker.read || other.read).isFalse();
    }

    @Test
    void whoMadeTheQueueFullIsBehindThoseWhoHaveNotSpoken() {
        Client quick = new Client("quick", 5);
        new Client("other", 1);
        room = 1;
        quick.deliver();
        turns.endTurn();
        delivered.clear();

        room = 1;
        serve();

        assertThat(delivered).containsExactly("other");
    }

    @Test
    void letsOneMessageOfEachInInTurn() {
        new Client("flood", 100);
        new Client("a", 1);
        new Client("b", 2);
        full();

        room = 8;
        serve();
        serve();
        serve();

        assertThat(delivered).containsExactly("flood", "a", "b", "flood", "b", "flood", "flood", "flood");
    }

    @Test
    void goesOnWhereItStoppedWhenTheQueueWasFullAgain() {
        new Client("a", 9);
        new Client("b", 9);
        new Client("c", 9);
        full();

        for (int i = 0; i < 4; i++) {
            room = 2;
            serve();
        }

        assertThat(delivered).containsExactly("a", "b", "c", "a", "b", "c", "a", "b");
    }

    @Test
    void whoWasCalledAndCouldNotSpeakIsFirstNextTime() {
        Client quick = new Client("quick", 5);
        Client called = new Client("called", 0);
        full();
        room = 3;
        serve();
        serve();
        assertThat(called.read).isFalse();
        delivered.clear();

        room = 2;
        called.kept = 1; // it has come meanwhile
        serve();

        assertThat(delivered).containsExactly("called", "quick");
        assertThat(quick.read).isFalse();
    }

    @Test
    void servesSoManyMessagesAndThenOthersHaveTheirTurn() {
        new Client("flood", 1000);
        full();

        serve();

        assertThat(delivered).hasSize(256);
        assertThat(turns.endTurn()).as("is to be served again").isTrue();
    }

    @Test
    void endsWhenEverybodyIsReadAndTheQueueIsShort() {
        Client flood = new Client("flood", 1);
        full();
        serve();
        serve();
        assertThat(flood.read).isTrue();

        turns.endTurn();
        assertThat(turns.isPressed()).isTrue();
        relaxed = true;
        turns.endTurn();

        assertThat(turns.isPressed()).isFalse();
    }

    @Test
    void forgetsWhoHasGone() {
        Client gone = new Client("gone", 5);
        full();

        turns.remove(gone);
        serve();

        assertThat(delivered).isEmpty();
        assertThat(turns.isAnybodyWaiting()).isFalse();
    }

    @Test
    void whatOneOfThemMeetsEndsItsTurnsOnly() {
        Client broken = new Client("broken", 9);
        Client other = new Client("other", 2);
        broken.broken = true;
        full();

        serve();

        assertThat(broken.closed).isTrue();
        assertThat(other.closed).isFalse();
        assertThat(delivered).containsExactly("broken", "other", "other");
        assertThat(turns.isAnybodyWaiting()).isFalse();
    }

    private void full() {
        turns.pause();
        turns.endTurn();
    }

    /** There is room, and a turn of the loop. */
    private void serve() {
        turns.resume();
        turns.endTurn();
        turns.serve();
        turns.endTurn();
    }
}
