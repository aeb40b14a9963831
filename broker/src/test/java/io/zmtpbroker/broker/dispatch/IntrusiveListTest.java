package io.zmtpbroker.broker.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.zmtpbroker.broker.dispatch.IntrusiveList.Link;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IntrusiveListTest {

    private static final class Item {

        private final int number;
        private final Link<Item> link = new Link<>(this);

        Item(int number) {
            this.number = number;
        }

        @Override
        public String toString() {
            return "item " + number;
        }
    }

    @Test
    void isEmptyAtFirst() {
        IntrusiveList<Item> list = new IntrusiveList<>();

        assertThat(list.isEmpty()).isTrue();
        assertThat(list.first()).isNull();
        assertThat(list.last()).isNull();
    }

    @Test
    void unlinksNothingThatIsInNoList() {
        Item item = new Item(1);

        item.link.unlink();

        assertThat(item.link.isLinked()).isFalse();
    }

    @Test
    void refusesAnItemThatIsInAList() {
        IntrusiveList<Item> list = new IntrusiveList<>();
        Item item = new Item(1);
        list.addLast(item.link);

        assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> new IntrusiveList<Item>().addFirst(item.link));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void behavesAsAListDoes(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        IntrusiveList<Item> list = new IntrusiveList<>();
        List<Item> expected = new ArrayList<>();
        List<Item> outside = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            outside.add(new Item(i));
        }

        for (int step = 0; step < 5_000; step++) {
            int action = random.nextInt(4);
            if (action < 2 && !outside.isEmpty()) {
                Item item = outside.remove(random.nextInt(outside.size()));
                if (action == 0) {
                    list.addFirst(item.link);
                    expected.add(0, item);
                } else {
                    list.addLast(item.link);
                    expected.add(item);
                }
            } else if (!expected.isEmpty()) {
                Item item = expected.remove(random.nextInt(expected.size()));
                if (action == 2) {
                    item.link.unlink();
                    outside.add(item);
                } else {
                    list.moveToLast(item.link);
                    expected.add(item);
                }
            }
            assertThat(contentOf(list)).isEqualTo(expected);
            assertThat(list.size()).isEqualTo(expected.size());
            assertThat(list.last()).isSameAs(expected.isEmpty() ? null : expected.get(expected.size() - 1));
        }
    }

    private static List<Item> contentOf(IntrusiveList<Item> list) {
        List<Item> content = new ArrayList<>();
        for (Item item = list.first(); item != null; item = list.after(item.link)) {
            content.add(item);
        }
        return content;
    }
}
