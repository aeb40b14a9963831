package io.zmtpbroker.broker.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Random fetches and ends: who makes room is who the rule says, looked for among all. */
class EnvelopeRoomModelTest {

    private static final int STEPS = 20_000;

    private EnvelopeRoom room = new EnvelopeRoom(0);
    private int roomOctets;
    private final List<RandomHolder> closed = new ArrayList<>();

    /** Those that have some of the room, in the order in which they began, and places in the order in which theirs did. */
    private final Set<RandomHolder> holding = new LinkedHashSet<>();

    private final Set<Object> places = new LinkedHashSet<>();

    /** With few sizes there are many ties, and with few peers of each place many that stay. */
    @ParameterizedTest
    @CsvSource({
        "1, 1, 20, 3, 30",
        "2, 5, 40, 3, 60",
        "3, 5, 40, 50, 400",
        "4, 40, 40, 3, 60",
        "5, 3, 200, 2, 200",
        "6, 2, 10, 100, 300"
    })
    void choosesAsTheRuleSays(long seed, int placeCount, int peers, int sizes, int octets) {
        roomOctets = octets;
        room = new EnvelopeRoom(octets);
        SplittableRandom random = new SplittableRandom(seed);
        List<RandomHolder> all = new ArrayList<>();
        for (int i = 0; i < peers; i++) {
            all.add(new RandomHolder("place " + i % placeCount));
        }
        int madeRoom = 0;
        for (int step = 0; step < STEPS; step++) {
            int index = random.nextInt(peers);
            RandomHolder peer = all.get(index);
            if (peer.ended) {
                all.set(index, new RandomHolder(peer.place()));
            } else if (random.nextInt(3) == 0) {
                peer.hold(random.nextInt(peer.charged + 1));
            } else {
                madeRoom += fetch(peer, random.nextInt(1, sizes + 1));
            }
            assertThat(room.octets()).isEqualTo(sum(holding)).isLessThanOrEqualTo(roomOctets);
        }
        assertThat(madeRoom).as("how often somebody had to").isGreaterThan(STEPS / 100);
    }

    /** Returns how many were closed. */
    private int fetch(RandomHolder peer, int more) {
        List<RandomHolder> expected = expected(peer, more);
        closed.clear();

        boolean taken = room.makeRoomFor(peer, more);

        assertThat(closed).isEqualTo(expected);
        assertThat(taken).isEqualTo(!expected.contains(peer));
        if (taken) {
            peer.hold(peer.charged + more);
        }
        return expected.size();
    }

    private List<RandomHolder> expected(RandomHolder asker, int more) {
        List<RandomHolder> gone = new ArrayList<>();
        List<RandomHolder> left = new ArrayList<>(holding);
        while (sum(left) + more > roomOctets && !gone.contains(asker)) {
            RandomHolder next = largest(left, asker, more);
            left.remove(next);
            gone.add(next);
        }
        return gone;
    }

    private RandomHolder largest(List<RandomHolder> left, RandomHolder asker, int more) {
        Object fullest = asker.place;
        long most = sumAt(fullest, left) + more;
        for (Object place : places) {
            if (sumAt(place, left) > most) {
                most = sumAt(place, left);
                fullest = place;
            }
        }
        RandomHolder largest = fullest.equals(asker.place) ? asker : null;
        for (RandomHolder holder : left) {
            if (holder.place.equals(fullest) && (largest == null || holder.charged > as(largest, asker, more))) {
                largest = holder;
            }
        }
        return largest == null ? asker : largest;
    }

    private static long as(RandomHolder holder, @Nullable RandomHolder asker, int more) {
        return holder == asker ? holder.charged + more : holder.charged;
    }

    private static long sumAt(Object place, List<RandomHolder> holders) {
        return sum(holders.stream().filter(holder -> holder.place.equals(place)).toList());
    }

    private static long sum(Iterable<RandomHolder> holders) {
        long sum = 0;
        for (RandomHolder holder : holders) {
            sum += holder.charged;
        }
        return sum;
    }

    private final class RandomHolder implements EnvelopeRoom.Holder {

        private final Object place;
        private int charged;
        private boolean ended;

        RandomHolder(Object place) {
            this.place = place;
        }

        void hold(int octets) {
            int before = charged;
            charged = octets;
            room.change(this, before, octets);
            if (octets == 0) {
                holding.remove(this);
            } else {
                holding.add(this);
            }
            if (holding.stream().noneMatch(holder -> holder.place.equals(place))) {
                places.remove(place);
            } else {
                places.add(place);
            }
        }

        @Override
        public Object place() {
            return place;
        }

        @Override
        public int charged() {
            return charged;
        }

        @Override
        public void makeRoom() {
            closed.add(this);
            ended = true;
            hold(0);
        }
    }
}
