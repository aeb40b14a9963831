package io.zmtpbroker.zmtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoutingIdTest {
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 254, 255})
    void holdsUpTo255Octets(int length) {
        byte[] octets = filled(length);

        RoutingId id = RoutingId.of(octets);

        assertThat(id.bytes()).isEqualTo(octets);
        assertThat(id.length()).isEqualTo(length);
        assertThat(id.isEmpty()).isEqualTo(length == 0);
    }

    @Test
    void refuses256Octets() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RoutingId.of(filled(256)))
                .withMessageContaining("256");
    }

    @Test
    void refusesALeadingZero() {
        assertThatIllegalArgumentException().isThrownBy(() -> RoutingId.of(new byte[] {0, 1}));
    }

    @Test
    void isAValue() {
        byte[] octets = {1, (byte) 0xfe};
        RoutingId id = RoutingId.of(octets);
        octets[0] = 9;
        id.bytes()[0] = 9;

        assertThat(id).isEqualTo(RoutingId.of(new byte[] {1, (byte) 0xfe})).hasToString("01fe");
        assertThat(id).hasSameHashCodeAs(RoutingId.of(new byte[] {1, (byte) 0xfe}));
        assertThat(id).isNotEqualTo(RoutingId.EMPTY);
        assertThat(RoutingId.of(new byte[0])).isSameAs(RoutingId.EMPTY);
    }

    private static byte[] filled(int length) {
        byte[] octets = new byte[length];
        Arrays.fill(octets, (byte) 'x');
        return octets;
    }
}
