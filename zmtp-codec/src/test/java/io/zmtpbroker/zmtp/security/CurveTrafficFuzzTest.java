package io.zmtpbroker.zmtp.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.zmtpbroker.zmtp.ZmtpLimits;
import io.zmtpbroker.zmtp.ZmtpProtocolException;
import io.zmtpbroker.zmtp.security.nacl.Nacl;
import io.zmtpbroker.zmtp.security.nacl.NaclBox;
import io.zmtpbroker.zmtp.testing.FuzzInput;
import io.zmtpbroker.zmtp.testing.Hex;
import io.zmtpbroker.zmtp.testing.TrackingAllocator;
import io.zmtpbroker.zmtp.wire.Frames;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Boxed frames: those of an honest peer come out as they went in, and nothing comes out of what was changed or made up. Bouncy
 * Castle does it, and again libsodium where it is there, which must do the same.
 */
class CurveTrafficFuzzTest {
    private static final byte[] SERVER_SHORT_KEY = Hex.octets(CurveVectors.SERVER_SHORT_KEY);
    private static final int MAX_FRAMES = 6;
    private static final ZmtpLimits LIMITS = ZmtpLimits.DEFAULT.withMaxMessageLength(400);

    static Stream<byte[]> seeds() {
        return Stream.of(
                        "00 00 00 05 68 65 6c 6c 6f",
                        "01 00 01 00 00 00 01 61",
                        "07 01 01 03 61 62 63 00 09 01",
                        "02 00 00 01 61 02 00 05 61 62 63 64 65",
                        "03 02 02 01 61 02 ff 01 62",
                        "04 03 0a 00 05 01 02 03 04 05",
                        "05 00 00 ff 61*255 00 00 e0 62*224")
                .map(Hex::octets);
    }

    @MethodSource("seeds")
    @FuzzTest
    void expose(byte[] data) {
        FuzzInput input = new FuzzInput(data);
        int way = input.choose(256);
        Script script = new Script(input, Nacl.bouncyCastle());
        byte[] sealed = script.sealed();

        Outcome whole = expose(List.of(sealed), Nacl.bouncyCastle());

        assertThat(expose(FuzzInput.cut(way, sealed), Nacl.preferred())).isEqualTo(whole);
        FuzzInput again = new FuzzInput(data);
        again.choose(256);
        assertThat(new Script(again, Nacl.preferred()).sealed()).isEqualTo(sealed);
        String clear = ByteBufUtil.hexDump(script.clear);
        if (script.honest && whole.end().isEmpty()) {
            assertThat(whole.clear()).isEqualTo(clear);
        } else if (script.honest) {
            assertThat(whole.end()).endsWith("_TOO_LONG");
        }
        if (script.honest || script.isForged) {
            assertThat(clear).startsWith(whole.clear());
        }
    }

    private record Outcome(String clear, String end) {}

    private static Outcome expose(List<byte[]> pieces, Nacl nacl) {
        TrackingAllocator allocator = new TrackingAllocator();
        ZmtpTraffic server = CurveTraffic.ofServer(box(nacl), 1, 2, new LimitsPort(LIMITS, allocator));
        StringBuilder clear = new StringBuilder();
        String end = "";
        try {
            for (byte[] piece : pieces) {
                server.expose(allocator.read(piece), allocator, out -> {
                    clear.append(ByteBufUtil.hexDump(out));
                    out.release();
                });
            }
        } catch (ZmtpProtocolException e) {
            end = e.violation().toString();
        }
        server.close();
        allocator.requireAllReleased();
        return new Outcome(clear.toString(), end);
    }

    /** Frames of an honest client up to the first one that is not. */
    private static final class Script {
        private final Nacl nacl;
        private final ByteBuf clear = Unpooled.buffer();
        private final ByteBuf sealed = Unpooled.buffer();
        private final TrackingAllocator allocator = new TrackingAllocator();
        private boolean honest = true;

        /** Whether all that is dishonest was made without the keys, so that nothing may come of it but what was sealed. */
        private boolean isForged;

        Script(FuzzInput input, Nacl nacl) {
            this.nacl = nacl;
            ZmtpTraffic client = CurveTraffic.ofClient(box(nacl), 2, 1, new LimitsPort(LIMITS, allocator));
            for (int frame = 0; frame < MAX_FRAMES && !input.isEmpty() && honest; frame++) {
                int kind = input.choose(4);
                switch (kind) {
                    case 0 -> seal(client, input);
                    case 1 -> sealAndChange(client, input);
                    case 2 -> boxWhatever(input);
                    default -> {
                        honest = false;
                        isForged = true;
                        sealed.writeBytes(input.rest());
                    }
                }
            }
            client.close();
        }

        byte[] sealed() {
            return ByteBufUtil.getBytes(sealed);
        }

        private void seal(ZmtpTraffic client, FuzzInput input) {
            ByteBuf frame = Unpooled.buffer();
            boolean more = input.flag();
            Frames.write(frame, more, input.piece());
            clear.writeBytes(frame.duplicate());
            ByteBuf out = client.protect(frame, allocator);
            sealed.writeBytes(out);
            out.release();
        }

        private void sealAndChange(ZmtpTraffic client, FuzzInput input) {
            int start = sealed.writerIndex();
            seal(client, input);
            int at = start + (input.choose(256) << 8 | input.choose(256)) % (sealed.writerIndex() - start);
            int change = input.choose(256);
            if (change == 0) {
                return;
            }
            honest = false;
            isForged = true;
            sealed.setByte(at, sealed.getByte(at) ^ change);
        }

        /** A box of the client's with any counter and any octets in it. */
        private void boxWhatever(FuzzInput input) {
            honest = false;
            isForged = false;
            int counter = input.choose(256);
            byte[] text = input.piece();
            byte[] box;
            try (NaclBox keys = box(nacl)) {
                box = CurveCrypto.seal(keys, CurveNonce.of(CurveNonce.CLIENT_MESSAGE, counter), text);
            }
            Frames.writeHeader(sealed, false, 2 * Long.BYTES + box.length);
            sealed.writeLong(CurveLayout.MESSAGE_NAME).writeLong(counter).writeBytes(box);
        }
    }

    private static NaclBox box(Nacl nacl) {
        return nacl.box(SERVER_SHORT_KEY, Hex.octets("03*32")).orElseThrow();
    }
}
