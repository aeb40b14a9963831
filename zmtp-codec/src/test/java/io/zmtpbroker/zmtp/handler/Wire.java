package io.zmtpbroker.zmtp.handler;

import io.netty.buffer.ByteBuf;
import io.netty.channel.embedded.EmbeddedChannel;
import io.zmtpbroker.zmtp.testing.Hex;

/** Octets of a conversation, as captured from libzmq 4.3.4, and an embedded channel seen as the peer sees it. */
final class Wire {
    static final String SIGNATURE = "ff 00*7 01 7f ";
    static final String GREETING = SIGNATURE + "03 01 4e 55 4c 4c 00*16 00 00*31 ";
    static final String GREETING_PLAIN = SIGNATURE + "03 01 50 4c 41 49 4e 00*15 00 00*31 ";
    static final String READY_REQ = ready("REQ", true);
    static final String READY_DEALER = ready("DEALER", true);
    static final String READY_ROUTER = ready("ROUTER", true);
    static final String READY_PUSH = ready("PUSH", false);
    static final String ERROR_SOCKET_TYPE = "04 1a 05 45 52 52 4f 52 13 " + Hex.ofText("Invalid socket type") + " ";
    static final String PING = "04 07 04 50 49 4e 47 00 1e ";
    static final String PONG = "04 05 04 50 4f 4e 47 ";

    private Wire() {}

    private static String ready(String type, boolean identity) {
        int length = 22 + type.length() + (identity ? 13 : 0);
        return "04 %02x 05 52 45 41 44 59 0b 53 6f 63 6b 65 74 2d 54 79 70 65 00 00 00 %02x %s %s "
                .formatted(
                        length,
                        type.length(),
                        Hex.ofText(type),
                        identity ? "08 49 64 65 6e 74 69 74 79 00 00 00 00" : "");
    }

    static String hex(String text) {
        return Hex.of(Hex.octets(text));
    }

    /** The peer sends. */
    static void receive(EmbeddedChannel channel, String text) {
        channel.pipeline().fireChannelRead(Hex.buffer(text)).fireChannelReadComplete();
        channel.runPendingTasks();
    }

    /** What the peer has received since the last call. */
    static String sent(EmbeddedChannel channel) {
        StringBuilder hex = new StringBuilder();
        for (ByteBuf out = channel.readOutbound(); out != null; out = channel.readOutbound()) {
            hex.append(Hex.of(out));
            out.release();
        }
        return hex.toString();
    }
}
