package io.zmtpbroker.broker.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeadlineHeapTest {

    private static final class Alarm extends Timed {}

    private record Entry(Alarm alarm, long sinceStart, int number) {}

    private final DeadlineHeap<Alarm> heap = new DeadlineHeap<>();

    @Test
    void isEmptyAtFirst() {
        assertThat(heap.isEmpty()).isTrue();
        assertThat(heap.first()).isNull();
    }

    @Test
    void ignoresRemovingWhatIsNotIn() {
        Alarm alarm = new Alarm();

        heap.remove(alarm);

        assertThat(heap.contains(alarm)).isFalse();
    }

    @Test
    void tellsEqualDeadlinesApartByTheirEntry() {
        List<Alarm> alarms = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            alarms.add(new Alarm());
            heap.add(alarms.get(i), 5);
        }

        assertThat(drain()).isEqualTo(alarms);
    }

    @Test
    void ordersTimesAcrossTheOverflow() {
        Alarm before = new Alarm();
        Alarm after = new Alarm();
        heap.add(after, Long.MIN_VALUE + 1);
        heap.add(before, Long.MAX_VALUE - 1);

        assertThat(heap.firstNanos()).isEqualTo(Long.MAX_VALUE - 1);
        assertThat(heap.nanosOf(after)).isEqualTo(Long.MIN_VALUE + 1);
        assertThat(drain()).containsExactly(before, after);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void behavesAsASortedListDoes(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        long start = seed % 2 == 0 ? Long.MAX_VALUE - 500 : -500;
        List<Entry> expected = new ArrayList<>();

        for (int step = 0; step < 5_000; step++) {
            if (expected.isEmpty() || random.nextInt(100) < (step % 1000 < 500 ? 60 : 40)) {
                Entry entry = new Entry(new Alarm(), random.nextInt(1000), step);
                heap.add(entry.alarm(), start + entry.sinceStart());
                expected.add(entry);
                expected.sort(Comparator.comparing(Entry::sinceStart).thenComparing(Entry::number));
            } else {
                int which = random.nextBoolean() ? 0 : random.nextInt(expected.size());
                Entry entry = expected.remove(which);
                assertThat(heap.nanosOf(entry.alarm())).isEqualTo(start + entry.sinceStart());
                heap.remove(entry.alarm());
                assertThat(heap.contains(entry.alarm())).isFalse();
            }
            assertThat(heap.size()).isEqualTo(expected.size());
            assertThat(heap.first())
                    .isSameAs(expected.isEmpty() ? null : expected.get(0).alarm());
        }
        assertThat(drain()).isEqualTo(expected.stream().map(Entry::alarm).toList());
    }

    private List<Alarm> drain() {
        List<Alarm> drained = new ArrayList<>();
        for (Alarm alarm = heap.first(); alarm != null; alarm = heap.first()) {
            heap.remove(alarm);
            drained.add(alarm);
        }
        return drained;
    }
}
