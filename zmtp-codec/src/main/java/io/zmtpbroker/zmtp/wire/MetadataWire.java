package io.zmtpbroker.zmtp.wire;

import static io.zmtpbroker.zmtp.ZmtpViolation.MALFORMED_METADATA;

import io.netty.buffer.ByteBuf;
import io.zmtpbroker.zmtp.Metadata;
import io.zmtpbroker.zmtp.ZmtpProtocolException;
import java.nio.charset.StandardCharsets;

/** Metadata: {@code length(1, 1-255) name size(4, big endian) value}, repeated to the end (37/ZMTP, "Metadata"). */
public final class MetadataWire {
    private static final int SIZE_LENGTH = 4;

    private MetadataWire() {}

    /**
     * Writes properties in their order.
     *
     * @param metadata what to write
     * @param out grows by the properties
     */
    public static void write(Metadata metadata, ByteBuf out) {
        metadata.forEach((name, value) -> {
            out.writeByte(name.length());
            out.writeCharSequence(name, StandardCharsets.ISO_8859_1);
            out.writeInt(value.length);
            out.writeBytes(value);
        });
    }

    /**
     * Reads properties up to the end of the buffer. Unknown ones are kept.
     *
     * @param in read to its end; nothing of it is referred to afterwards
     * @return the properties in their order
     * @throws ZmtpProtocolException if a name is empty, a property passes the end, octets remain, or {@code Socket-Type} or
     *     {@code Identity} stands twice
     */
    public static Metadata read(ByteBuf in) {
        Metadata.Builder builder = Metadata.builder();
        while (in.isReadable()) {
            readProperty(in, builder);
        }
        Metadata metadata = builder.build();
        requireOnce(metadata, Metadata.SOCKET_TYPE);
        requireOnce(metadata, Metadata.IDENTITY);
        return metadata;
    }

    private static void readProperty(ByteBuf in, Metadata.Builder to) {
        int nameLength = in.readUnsignedByte();
        require(nameLength > 0, "property without a name");
        require(in.readableBytes() >= nameLength + SIZE_LENGTH, "property cut short in its name or size");
        String name =
                in.readCharSequence(nameLength, StandardCharsets.ISO_8859_1).toString();
        long valueLength = in.readUnsignedInt();
        require(in.readableBytes() >= valueLength, "property value that passes the end of its command");
        byte[] value = new byte[(int) valueLength];
        in.readBytes(value);
        to.add(name, value);
    }

    private static void requireOnce(Metadata metadata, String name) {
        require(metadata.count(name) <= 1, "more than one property " + name);
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new ZmtpProtocolException(MALFORMED_METADATA, message);
        }
    }
}
