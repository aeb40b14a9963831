package io.zmtpbroker.zmtp.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.zmtpbroker.zmtp.testing.Hex;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Random messages and commands: as a peer may send them, and as they are to be delivered. */
final class Traffic {
    private final SplittableRandom random;
    private final int maxBodyBits;
    private final ByteBuf wire = Unpooled.buffer();
    private final List<String> events = new ArrayList<>();

    private Traffic(SplittableRandom random, int maxBodyBits) {
        this.random = random;
        this.maxBodyBits = maxBodyBits;
    }

    /** Bodies have fewer than {@code 2^maxBodyBits} octets. */
    static Traffic random(long seed, int messages, int maxBodyBits) {
        Traffic traffic = new Traffic(new SplittableRandom(seed), maxBodyBits);
        for (int i = 0; i < messages; i++) {
            traffic.maybeCommand();
            traffic.message();
        }
        traffic.maybeCommand();
        return traffic;
    }

    byte[] wire() {
        byte[] octets = new byte[wire.readableBytes()];
        wire.getBytes(0, octets);
        return octets;
    }

    List<String> events() {
        return events;
    }

    private void message() {
        int frames = 1 + (random.nextInt(3) == 0 ? random.nextInt(12) : random.nextInt(3));
        ByteBuf canonical = Unpooled.buffer();
        for (int i = 0; i < frames; i++) {
            boolean more = i < frames - 1;
            byte[] body = body(maxBodyBits);
            Frames.write(canonical, more, body);
            if (random.nextInt(6) == 0) {
                wire.writeByte(more ? 3 : 2).writeLong(body.length).writeBytes(body);
            } else {
                Frames.write(wire, more, body);
            }
            if (more) {
                maybeCommand();
            }
        }
        events.add("message " + Hex.of(canonical));
    }

    private void maybeCommand() {
        if (random.nextInt(5) != 0) {
            return;
        }
        byte[] body = new byte
                [random.nextInt(3) == 0
                        ? random.nextInt(256, Math.min(40_000, 1 << maxBodyBits))
                        : random.nextInt(1, 40)];
        random.nextBytes(body);
        if (body.length > 255 || random.nextBoolean()) {
            wire.writeByte(6).writeLong(body.length);
        } else {
            wire.writeByte(4).writeByte(body.length);
        }
        wire.writeBytes(body);
        events.add("command " + Hex.of(body));
    }

    private byte[] body(int maxBits) {
        int bits = random.nextInt(maxBits + 1);
        byte[] body = new byte[random.nextInt(1 << bits)];
        random.nextBytes(body);
        return body;
    }
}
