package io.zmtpbroker.zmtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.netty.buffer.ByteBuf;
import io.netty.util.LeakPresenceDetector;
import io.zmtpbroker.zmtp.testing.Fragmenter;
import io.zmtpbroker.zmtp.testing.Hex;
import io.zmtpbroker.zmtp.testing.LeakCheck;
import java.io.ByteArrayOutputStream;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The tests' own tools, for a check that finds nothing proves nothing. */
@ExtendWith(LeakCheck.class)
class TestSupportTest {
    @Test
    void seesABufferThatWasLeft() {
        ByteBuf left = Hex.buffer("61");

        assertThatIllegalStateException().isThrownBy(LeakPresenceDetector::check);
        left.release(); // forgotten by now, so this counts as one release too many
        assertThatIllegalStateException().isThrownBy(LeakPresenceDetector::check);
        LeakPresenceDetector.check();
    }

    @Test
    void cutsInEveryWay() {
        Set<List<String>> ways = new HashSet<>();

        Fragmenter.everyWay(new byte[] {1, 2, 3, 4}, pieces -> {
            assertThat(join(pieces)).containsExactly(1, 2, 3, 4);
            ways.add(pieces.stream().map(Hex::of).toList());
        });

        assertThat(ways).hasSize(8).contains(List.of("01020304")).contains(List.of("01", "02", "03", "04"));
    }

    @Test
    void cutsByChanceAndSingly() {
        byte[] octets = new byte[10_000];
        SplittableRandom random = new SplittableRandom(1);
        random.nextBytes(octets);

        List<byte[]> pieces = Fragmenter.random(octets, random, 1000);

        assertThat(join(pieces)).isEqualTo(octets);
        assertThat(pieces).allSatisfy(piece -> assertThat(piece).hasSizeBetween(1, 1000));
        assertThat(join(Fragmenter.singly(octets))).isEqualTo(octets);
    }

    @Test
    void readsHexadecimal() {
        assertThat(Hex.octets("ff 00*3 | 7f")).containsExactly(0xff, 0, 0, 0, 0x7f);
        assertThat(Hex.ofText("GET")).isEqualTo("474554");
    }

    private static byte[] join(List<byte[]> pieces) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        pieces.forEach(joined::writeBytes);
        return joined.toByteArray();
    }
}
