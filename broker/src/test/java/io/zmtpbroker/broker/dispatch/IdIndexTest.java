package io.zmtpbroker.broker.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class IdIndexTest {

    private final IdIndex<Payload> index = new IdIndex<>();
    private final SplittableRandom random = new SplittableRandom(1);

    @Test
    void findsWhatIsInIt() {
        Request<Payload> one = add(1);
        Request<Payload> similar = add(1 + (1L << 40));

        assertThat(index.find(1)).isSameAs(one);
        assertThat(index.find(1 + (1L << 40))).isSameAs(similar);
        assertThat(index.find(2)).isNull();
        index.remove(one);
        assertThat(index.find(1)).isNull();
        assertThat(index.find(1 + (1L << 40))).isSameAs(similar);
        assertThat(index.size()).isEqualTo(1);
    }

    @Test
    void findsEverythingWhileItsTablesGrow() {
        Map<Long, Request<Payload>> open = new HashMap<>();
        for (int wave = 0; wave < 6; wave++) {
            boolean rising = wave % 2 == 0;
            for (int i = 0; i < 20_000; i++) {
                if (open.isEmpty() || random.nextInt(10) < (rising ? 8 : 2)) {
                    long id = random.nextLong();
                    open.put(id, add(id));
                } else {
                    long id = open.keySet().iterator().next();
                    index.remove(Objects.requireNonNull(open.remove(id)));
                }
            }
            open.forEach((id, request) -> assertThat(index.find(id)).isSameAs(request));
            assertThat(index.size()).isEqualTo(open.size());
        }
    }

    private Request<Payload> add(long idHigh) {
        Request<Payload> request = new Request<>();
        request.identify(idHigh, 0);
        index.add(request);
        return request;
    }
}
