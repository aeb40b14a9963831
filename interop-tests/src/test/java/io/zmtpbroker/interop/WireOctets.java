package io.zmtpbroker.interop;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.util.HexFormat;
import org.zeromq.SocketType;

/** ZMTP 3.1 as it is on the wire, written down independently of the code under test. */
final class WireOctets {
    /** Signature, version 3.1, NULL, as a client. */
    static final byte[] GREETING =
            HexFormat.of().parseHex("ff00000000000000017f" + "0301" + "4e554c4c" + "00".repeat(16) + "00".repeat(32));

    static final int MORE = 1;
    static final int LONG = 2;
    static final int COMMAND = 4;

    private WireOctets() {}

    static byte[] readyCommand(SocketType type) {
        var properties = new ByteArrayOutputStream();
        putProperty(properties, "Socket-Type", type.name());
        putProperty(properties, "Identity", "");
        return command("READY", properties.toByteArray());
    }

    /** A command frame. */
    static byte[] command(String name, byte[] data) {
        var frame = new ByteArrayOutputStream();
        frame.write(COMMAND);
        frame.write(1 + name.length() + data.length);
        frame.write(name.length());
        frame.writeBytes(name.getBytes(US_ASCII));
        frame.writeBytes(data);
        return frame.toByteArray();
    }

    /** The frames of a message as on the wire. */
    static byte[] encoded(Message message) {
        var octets = new ByteArrayOutputStream();
        for (int index = 0; index < message.size(); index++) {
            byte[] frame = message.frame(index);
            int more = index < message.size() - 1 ? MORE : 0;
            if (frame.length <= 255) {
                octets.write(more);
                octets.write(frame.length);
            } else {
                octets.write(more | LONG);
                octets.writeBytes(new byte[4]);
                octets.writeBytes(HexFormat.of().parseHex(HexFormat.of().toHexDigits(frame.length)));
            }
            octets.writeBytes(frame);
        }
        return octets.toByteArray();
    }

    private static void putProperty(ByteArrayOutputStream octets, String name, String value) {
        octets.write(name.length());
        octets.writeBytes(name.getBytes(US_ASCII));
        octets.writeBytes(new byte[3]);
        octets.write(value.length());
        octets.writeBytes(value.getBytes(US_ASCII));
    }
}
