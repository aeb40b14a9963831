package io.zmtpbroker.broker.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;

class RequestTableTest {

    @Test
    void drawsAgainWhenTheFirstHalfIsZeroOrTaken() {
        Iterator<Long> draws = List.of(7L, 1L, 0L, 7L, 8L, 2L).iterator();
        RequestTable<Payload> table = new RequestTable<>(draws::next);

        Request<Payload> first = table.add();
        Request<Payload> second = table.add();

        assertThat(first.idHigh()).isEqualTo(7);
        assertThat(first.idLow()).isEqualTo(1);
        assertThat(second.idHigh()).isEqualTo(8);
        assertThat(second.idLow()).isEqualTo(2);
    }

    @Test
    void findsOnlyByTheWholeId() {
        Iterator<Long> draws = List.of(7L, 1L).iterator();
        RequestTable<Payload> table = new RequestTable<>(draws::next);

        Request<Payload> request = table.add();

        assertThat(table.find(7, 1)).isSameAs(request);
        assertThat(table.find(7, 2)).isNull();
        assertThat(table.find(8, 1)).isNull();
        table.remove(request);
        assertThat(table.find(7, 1)).isNull();
        assertThat(table.size()).isZero();
    }
}
