package io.zmtpbroker.zmtp.wire;

import static io.zmtpbroker.zmtp.ZmtpViolation.MALFORMED_METADATA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.zmtpbroker.zmtp.Metadata;
import io.zmtpbroker.zmtp.ZmtpProtocolException;
import io.zmtpbroker.zmtp.testing.Hex;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MetadataWireTest {
    private static final String SOCKET_TYPE = "0b 53 6f 63 6b 65 74 2d 54 79 70 65 00 00 00 06 44 45 41 4c 45 52";
    private static final String IDENTITY = "08 49 64 65 6e 74 69 74 79 00 00 00 00";

    /** The properties of a DEALER, as captured from libzmq 4.3.4. */
    @Test
    void readsAndWritesAsCaptured() {
        Metadata metadata = read(SOCKET_TYPE + IDENTITY);
        ByteBuf out = Unpooled.buffer();
        MetadataWire.write(metadata, out);

        assertThat(metadata.names()).containsExactly("Socket-Type", "Identity");
        assertThat(metadata.text("socket-TYPE")).contains("DEALER");
        assertThat(metadata.bytes("identity")).hasValue(new byte[0]);
        assertThat(Hex.of(out)).isEqualTo(Hex.of(Hex.octets(SOCKET_TYPE + IDENTITY)));
    }

    @Test
    void keepsUnknownPropertiesAndTheirRepetitions() {
        Metadata metadata = read("03 58 2d 41 00 00 00 01 31" + SOCKET_TYPE + "03 78 2d 61 00 00 00 01 32");

        assertThat(metadata.names()).containsExactly("X-A", "Socket-Type", "x-a");
        assertThat(metadata.text("X-A")).contains("1");
    }

    @Test
    void readsNothingAsNoProperties() {
        assertThat(read("")).isSameAs(Metadata.EMPTY);
    }

    static List<Arguments> refused() {
        return List.of(
                Arguments.of("empty name", "00 00 00 00 00"),
                Arguments.of("empty name behind another", SOCKET_TYPE + "00 00 00 00 01 61"),
                Arguments.of("trailing octet", SOCKET_TYPE + "08"),
                Arguments.of("trailing zero", SOCKET_TYPE + "00"),
                Arguments.of("name past the end", "05 41 42"),
                Arguments.of("size past the end", "01 41 00 00 00"),
                Arguments.of("value past the end", "01 41 00 00 00 02 61"),
                Arguments.of("value past the end, none there", "01 41 00 00 00 01"),
                Arguments.of("value of 2^31", "01 41 80 00 00 00 61"),
                Arguments.of("value of 2^32-1", "01 41 ff ff ff ff 61"),
                Arguments.of("second socket type", SOCKET_TYPE + SOCKET_TYPE),
                Arguments.of("second identity", IDENTITY + SOCKET_TYPE + IDENTITY),
                Arguments.of("second identity in other case", IDENTITY + "08 69 64 65 6e 74 69 74 79 00 00 00 00"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void refuses(String what, String octets) {
        assertThat(catchThrowableOfType(ZmtpProtocolException.class, () -> read(octets))
                        .violation())
                .isEqualTo(MALFORMED_METADATA);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void readsBackWhatItWrote(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Metadata.Builder builder = Metadata.builder();
        for (int i = random.nextInt(20); i > 0; i--) {
            String name = random.ints(random.nextInt(1, 256), 1, 256)
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString();
            byte[] value = new byte[random.nextInt(1000)];
            random.nextBytes(value);
            builder.add(name, value);
        }
        Metadata metadata = builder.build();
        ByteBuf wire = Unpooled.buffer();

        MetadataWire.write(metadata, wire);

        assertThat(MetadataWire.read(wire)).isEqualTo(metadata);
        assertThat(wire.isReadable()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void refusesOrReadsWhateverComes(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 2_000; i++) {
            byte[] octets = new byte[random.nextInt(40)];
            random.nextBytes(octets);
            for (int j = 0; j < octets.length; j++) {
                octets[j] &= (byte) (random.nextInt(3) == 0 ? 0xff : 0x03);
            }

            Throwable thrown =
                    catchThrowableOfType(Throwable.class, () -> MetadataWire.read(Unpooled.wrappedBuffer(octets)));

            assertThat(thrown == null || thrown instanceof ZmtpProtocolException)
                    .isTrue();
        }
    }

    private static Metadata read(String hex) {
        return MetadataWire.read(Unpooled.wrappedBuffer(Hex.octets(hex)));
    }
}
