package io.zmtpbroker.zmtp.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.zmtpbroker.zmtp.RoutingId;
import io.zmtpbroker.zmtp.SocketType;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class Zmtp20GreetingTest {
    private final ByteBuf octets = Unpooled.buffer();

    @ParameterizedTest
    @EnumSource
    void readsTheTypeThatItWrites(SocketType type) {
        Zmtp20Greeting.writeType(type, octets);

        assertThat(Zmtp20Greeting.readType(octets)).isEqualTo(type);
        assertThat(octets.isReadable()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 254, 255})
    void readsTheRoutingIdThatItWrites(int length) {
        byte[] id = new byte[length];
        new SplittableRandom(length).nextBytes(id);
        if (length > 0) {
            id[0] |= 1;
        }
        Zmtp20Greeting.writeRoutingId(RoutingId.of(id), octets);
        octets.writeByte(0x55);

        assertThat(Zmtp20Greeting.readRoutingId(octets)).isEqualTo(RoutingId.of(id));
        assertThat(octets.readableBytes()).isEqualTo(1);
    }

    @Test
    void readsNothingBeforeTheRoutingIdIsWhole() {
        Zmtp20Greeting.writeRoutingId(RoutingId.of(new byte[] {1, 2, 3}), octets);

        for (int length = 0; length < 5; length++) {
            ByteBuf part = octets.slice(0, length);
            assertThat(Zmtp20Greeting.readRoutingId(part)).isNull();
            assertThat(part.readableBytes()).isEqualTo(length);
        }
        assertThat(Zmtp20Greeting.readType(Unpooled.EMPTY_BUFFER)).isNull();
    }
}
