package io.zmtpbroker.zmtp.security;

import static io.zmtpbroker.zmtp.ZmtpViolation.BAD_BOX;
import static io.zmtpbroker.zmtp.ZmtpViolation.FRAME_TOO_LONG;
import static io.zmtpbroker.zmtp.ZmtpViolation.MALFORMED_COMMAND;
import static io.zmtpbroker.zmtp.ZmtpViolation.MESSAGE_TOO_LONG;
import static io.zmtpbroker.zmtp.ZmtpViolation.NONCE;
import static io.zmtpbroker.zmtp.ZmtpViolation.NOT_BOXED;
import static io.zmtpbroker.zmtp.ZmtpViolation.RESERVED_FLAGS;
import static io.zmtpbroker.zmtp.security.Conversation.hex;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.zmtpbroker.zmtp.ZmtpLimits;
import io.zmtpbroker.zmtp.ZmtpProtocolException;
import io.zmtpbroker.zmtp.ZmtpViolation;
import io.zmtpbroker.zmtp.security.nacl.Nacl;
import io.zmtpbroker.zmtp.security.nacl.NaclBox;
import io.zmtpbroker.zmtp.security.nacl.NaclLibrary;
import io.zmtpbroker.zmtp.testing.Fragmenter;
import io.zmtpbroker.zmtp.testing.Hex;
import io.zmtpbroker.zmtp.testing.LeakCheck;
import io.zmtpbroker.zmtp.wire.Frames;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** MESSAGE boxes after the handshake. */
@ExtendWith(LeakCheck.class)
@ParameterizedClass
@EnumSource
class CurveTrafficTest {
    private static final ByteBufAllocator ALLOCATOR = ByteBufAllocator.DEFAULT;
    private static final String PING = "04 07 04 50 49 4e 47 00 1e ";
    private static final int OVERHEAD = 33;

    private final StringBuilder exposed = new StringBuilder();
    private final Nacl nacl;
    private final ZmtpTraffic client;
    private ZmtpTraffic server;

    CurveTrafficTest(NaclLibrary library) {
        nacl = library.nacl();
        client = traffic(true, ZmtpLimits.DEFAULT);
        server = traffic(false, ZmtpLimits.DEFAULT);
    }

    @AfterEach
    void close() {
        client.close();
        server.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "00 00",
                "01 00 | 00 01 61",
                PING,
                "01 01 61 |" + PING + "| 00 01 62",
                "00 ff 61*255",
                "02 00*6 01 00 61*256",
                "00 de 61*222",
                "00 df 61*223",
                "06 00*6 01 00 04 50 49 4e 47 00*251"
            })
    void comesOutAsItWentIn(String frames) {
        assertThat(expose(server, protect(client, frames))).isEqualTo(hex(frames));
        assertThat(expose(client, protect(server, frames))).isEqualTo(hex(frames));
    }

    @Test
    void sendsMessageFramesInCanonicalForm() {
        assertThat(protect(client, "00 de 61*222")).startsWith(hex("00 ff 07 4d 45 53 53 41 47 45 00*7 03"));
        assertThat(protect(client, "00 df 61*223")).startsWith(hex("02 00*6 01 00 07 4d 45 53 53 41 47 45 00*7 04"));
        assertThat(protect(client, PING)).startsWith(hex("00 28 07 4d 45 53 53 41 47 45 00*7 05"));
    }

    @Test
    void doesTheSameInEveryWayOfCuttingTheHeadersAndSinglyAndAtRandom() {
        String frames = "01 00 | 00 01 61 |" + PING + "| 02 00*6 01 00 62*256";
        byte[] octets = Hex.octets(protect(client, frames));
        for (long seed = 0; seed < 50; seed++) {
            ZmtpTraffic fresh = traffic(false, ZmtpLimits.DEFAULT);
            List<byte[]> pieces = seed == 0
                    ? Fragmenter.singly(octets)
                    : Fragmenter.random(octets, new SplittableRandom(seed), (int) (5 * seed));
            exposed.setLength(0);
            for (byte[] piece : pieces) {
                take(fresh, piece);
            }
            assertThat(exposed).hasToString(hex(frames));
            fresh.close();
        }
        byte[] last = Hex.octets(protect(client, "00 00"));
        Fragmenter.everyWay(java.util.Arrays.copyOf(last, 12), pieces -> {
            ZmtpTraffic fresh = traffic(false, ZmtpLimits.DEFAULT);
            exposed.setLength(0);
            pieces.forEach(piece -> take(fresh, piece));
            take(fresh, java.util.Arrays.copyOfRange(last, 12, last.length));
            assertThat(exposed).hasToString("0000");
            fresh.close();
        });
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void comesBackForRandomMessages(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        StringBuilder expected = new StringBuilder();
        for (int message = 0; message < 30; message++) {
            ByteBuf frames = ALLOCATOR.buffer();
            int count = 1 + random.nextInt(8);
            for (int frame = 0; frame < count; frame++) {
                byte[] body = new byte[random.nextInt(1 << random.nextInt(15))];
                random.nextBytes(body);
                Frames.write(frames, frame < count - 1, body);
            }
            expected.append(Hex.of(frames));
            ByteBuf octets = client.protect(frames, ALLOCATOR);
            for (byte[] piece : Fragmenter.random(Hex.octets(Hex.of(octets)), random, 20_000)) {
                take(server, piece);
            }
            octets.release();
        }
        assertThat(exposed).hasToString(expected.toString());
    }

    @ParameterizedTest
    @CsvSource({"04", "00"})
    void takesTheCommandFlagOutsideForNothing(String flags) {
        String octets = protect(client, "00 01 61").replaceFirst("^00", flags);

        assertThat(expose(server, octets)).isEqualTo("000161");
    }

    @ParameterizedTest
    @ValueSource(longs = {2, 1, 0})
    void refusesANonceThatIsNotAboveTheLast(long counter) {
        assertThat(violation(server, message(counter, "00 61"))).isEqualTo(NONCE);
    }

    @Test
    void refusesAMessageThatWasSentBeforeButNotAGap() {
        String five = message(5, "00 61");
        assertThat(expose(server, five)).isEqualTo("000161");
        assertThat(expose(server, message(0x7fff_ffff_ffff_ffffL, "00 62"))).isEqualTo("000162");
        assertThat(expose(server, message(0x8000_0000_0000_0000L, "00 63"))).isEqualTo("000163");
        assertThat(expose(server, message(-1L, "00 64"))).isEqualTo("000164");

        assertThat(violation(server, five)).isEqualTo(NONCE);
    }

    @Test
    void refusesTheSameMessageTwiceInOneReadAfterDeliveringItOnce() {
        String three = message(3, "00 61");

        assertThat(violation(server, three + three)).isEqualTo(NONCE);
        assertThat(exposed).hasToString("000161");
    }

    @Test
    void refusesItsOwnMessagesSentBack() {
        assertThat(violation(client, protect(client, "00 01 61"))).isEqualTo(BAD_BOX);
    }

    @ParameterizedTest
    @CsvSource({
        "clear message, 00 01 61, NOT_BOXED",
        "clear PING, 04 07 04 50 49 4e 47 00 1e, NOT_BOXED",
        "clear READY, 04 06 05 52 45 41 44 59, NOT_BOXED",
        "long clear message, 00 22 61*34, NOT_BOXED",
        "cut to 32 octets, 00 20 07 4d 45 53 53 41 47 45 00*7 09 00*16, NOT_BOXED",
        "no box, 00 21 07 4d 45 53 53 41 47 45 00*7 09 00*17, BAD_BOX",
        "MORE outside, 01 21 07 4d 45 53 53 41 47 45 00*7 09 00*17, NOT_BOXED",
        "reserved flag outside, 08 21, RESERVED_FLAGS",
        "'2^63', 02 80 00*7, FRAME_TOO_LONG"
    })
    void refusesWhatIsNotBoxed(String what, String octets, ZmtpViolation violation) {
        assertThat(violation(server, octets)).isEqualTo(violation);
        assertThat(exposed).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"03, MALFORMED_COMMAND", "04, RESERVED_FLAGS", "80, RESERVED_FLAGS", "ff, RESERVED_FLAGS"})
    void refusesFlagsInsideThatMeanNothing(String flags, ZmtpViolation violation) {
        assertThat(violation).isIn(MALFORMED_COMMAND, RESERVED_FLAGS);
        assertThat(violation(server, message(3, flags + "61"))).isEqualTo(violation);
        assertThat(exposed).isEmpty();
    }

    @Test
    void refusesAnyChangedBit() {
        byte[] octets = Hex.octets(message(3, "00 61 62 63"));
        for (int bit = 8; bit < 8 * octets.length; bit++) {
            byte[] changed = octets.clone();
            changed[bit / 8] ^= (byte) (1 << (bit % 8));
            ZmtpTraffic fresh = traffic(false, ZmtpLimits.DEFAULT);
            try {
                take(fresh, changed);
                assertThat(bit / 8).as("a longer frame is waited for").isEqualTo(1);
            } catch (ZmtpProtocolException e) {
                assertThat(e.violation()).isIn(BAD_BOX, NONCE, NOT_BOXED);
            }
            assertThat(exposed).isEmpty();
            fresh.close();
        }
    }

    @Test
    void takesNothingMoreAfterAViolationOrAStop() {
        violation(server, "00 01 61");
        assertThat(expose(server, message(3, "00 61"))).isEmpty();
        client.stop();
        assertThat(expose(client, protect(server, "00 01 61"))).isEmpty();
    }

    @Test
    void sendsNothingOnceItsKeysAreErased() {
        client.close();

        assertThatThrownBy(() -> protect(client, "00 01 61")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void countsTheOverheadAgainstTheLimitOfAFrame() {
        server.close();
        server = traffic(false, ZmtpLimits.DEFAULT.withMaxMessageLength(200));

        assertThat(expose(server, protect(client, frame(false, 199 - OVERHEAD))))
                .hasSize(2 * (2 + 199 - OVERHEAD));
        assertThat(expose(server, protect(client, frame(false, 200 - OVERHEAD))))
                .hasSize(2 * (2 + 200 - OVERHEAD));
        // Judged by the header alone.
        assertThat(violation(server, "00 c9")).isEqualTo(FRAME_TOO_LONG);
    }

    @Test
    void countsTheOverheadAgainstTheLimitOfAMessage() {
        ZmtpLimits limits = ZmtpLimits.DEFAULT.withMaxMessageLength(300);
        for (int last = 149; last <= 151; last++) {
            ZmtpTraffic fresh = traffic(false, limits);
            String two = message(3, "01" + "61*" + (150 - OVERHEAD))
                    + message(4, PING_BODY)
                    + message(5, "00" + "61*" + (last - OVERHEAD));
            if (last <= 150) {
                String three = two + message(6, "00" + "61*" + (300 - OVERHEAD));
                assertThat(expose(fresh, three)).hasSize(2 * (150 + last + 300 + 9 + 2 * 2 + 9 - 3 * OVERHEAD));
            } else {
                assertThat(violation(fresh, two)).isEqualTo(MESSAGE_TOO_LONG);
            }
            fresh.close();
        }
    }

    private static final String PING_BODY = "02 04 50 49 4e 47 00 1e";

    @Test
    void opensAPingInAMessageThatHasUsedUpItsLimitButNoFurtherFrame() {
        server.close();
        server = traffic(false, ZmtpLimits.DEFAULT.withMaxMessageLength(100));

        assertThat(expose(server, message(3, "01" + "61*" + (100 - OVERHEAD)) + message(4, PING_BODY + "00*16")))
                .endsWith(hex("04 17 04 50 49 4e 47 00 1e 00*16"));
        assertThat(violation(server, message(5, "00"))).isEqualTo(MESSAGE_TOO_LONG);
    }

    private static String frame(boolean more, int length) {
        return (more ? "01" : "00") + " %02x ".formatted(length) + "61*" + length;
    }

    /** A MESSAGE of the client with any counter and content. */
    private static String message(long counter, String content) {
        try (NaclBox box = session(Nacl.bouncyCastle())) {
            String sealed = Hex.of(
                    CurveCrypto.seal(box, CurveNonce.of(CurveNonce.CLIENT_MESSAGE, counter), Hex.octets(content)));
            int length = sealed.length() / 2 + 16;
            String header = (length < 256 ? "00%02x" : "02%016x").formatted(length);
            return header + hex("07 4d 45 53 53 41 47 45") + "%016x".formatted(counter) + sealed;
        }
    }

    private static NaclBox session(Nacl nacl) {
        return nacl.box(Hex.octets(CurveVectors.SERVER_SHORT_KEY), Hex.octets("03*32"))
                .orElseThrow();
    }

    private ZmtpTraffic traffic(boolean ofClient, ZmtpLimits limits) {
        ZmtpMechanismPort port = new LimitsPort(limits, ALLOCATOR);
        return ofClient
                ? CurveTraffic.ofClient(session(nacl), 2, 1, port)
                : CurveTraffic.ofServer(session(nacl), 1, 2, port);
    }

    private String expose(ZmtpTraffic traffic, String octets) {
        exposed.setLength(0);
        take(traffic, Hex.octets(octets));
        return exposed.toString();
    }

    private ZmtpViolation violation(ZmtpTraffic traffic, String octets) {
        exposed.setLength(0);
        return catchThrowableOfType(ZmtpProtocolException.class, () -> take(traffic, Hex.octets(octets)))
                .violation();
    }

    private void take(ZmtpTraffic traffic, byte[] octets) {
        traffic.expose(Hex.buffer(octets), ALLOCATOR, out -> {
            exposed.append(Hex.of(out));
            out.release();
        });
    }

    private static String protect(ZmtpTraffic traffic, String frames) {
        ByteBuf out = traffic.protect(Hex.buffer(frames), ALLOCATOR);
        String hex = Hex.of(out);
        out.release();
        return hex;
    }
}
