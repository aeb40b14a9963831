package io.zmtpbroker.zmtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MetadataTest {
    private final Metadata metadata = Metadata.builder()
            .add("Socket-Type", "REQ")
            .add("X-Key", new byte[] {1, 2})
            .add("x-key", "second")
            .build();

    @ParameterizedTest
    @ValueSource(strings = {"Socket-Type", "socket-type", "SOCKET-TYPE"})
    void findsAPropertyWithoutCase(String name) {
        assertThat(metadata.text(name)).contains("REQ");
    }

    @Test
    void givesTheFirstOfTwo() {
        assertThat(metadata.bytes("X-KEY")).hasValue(new byte[] {1, 2});
        assertThat(metadata.count("x-KEY")).isEqualTo(2);
    }

    @Test
    void keepsOrderAndSpelling() {
        List<String> seen = new ArrayList<>();
        metadata.forEach((name, value) -> seen.add(name + value.length));

        assertThat(metadata.names()).containsExactly("Socket-Type", "X-Key", "x-key");
        assertThat(seen).containsExactly("Socket-Type3", "X-Key2", "x-key6");
        assertThat(metadata.size()).isEqualTo(3);
    }

    @Test
    void hasNothingOfAnUnknownName() {
        assertThat(metadata.text("Identity")).isEmpty();
        assertThat(metadata.count("Identity")).isZero();
        assertThat(Metadata.builder().build()).isSameAs(Metadata.EMPTY);
    }

    @Test
    void isAValue() {
        Metadata.builder().addAll(metadata).add("later", "").build();
        metadata.bytes("X-Key").orElseThrow()[0] = 9;
        Metadata same = Metadata.builder()
                .add("SOCKET-TYPE", "REQ")
                .add("x-key", new byte[] {1, 2})
                .add("x-key", "second")
                .build();

        assertThat(metadata).isEqualTo(same).hasSameHashCodeAs(same).isNotEqualTo(Metadata.EMPTY);
        assertThat(metadata).hasToString("[Socket-Type[3], X-Key[2], x-key[6]]");
    }

    @Test
    void refusesNamesThatCannotBeWritten() {
        Metadata.Builder builder = Metadata.builder().add("n".repeat(255), "");

        assertThatIllegalArgumentException().isThrownBy(() -> builder.add("", ""));
        assertThatIllegalArgumentException().isThrownBy(() -> builder.add("n".repeat(256), ""));
        assertThatIllegalArgumentException().isThrownBy(() -> builder.add("\u20ac", ""));
    }
}
