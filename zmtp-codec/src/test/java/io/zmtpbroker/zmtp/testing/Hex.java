package io.zmtpbroker.zmtp.testing;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Octets as protocol documents print them. */
public final class Hex {
    private static final Pattern REPEAT = Pattern.compile("([0-9a-f]{2})\\*([0-9]+)");

    private Hex() {}

    /**
     * The octets that a text stands for.
     *
     * @param text pairs of hexadecimal digits; blanks and {@code |} count for nothing, {@code 00*16} stands for 16 octets
     * @return the octets
     */
    public static byte[] octets(String text) {
        Matcher repeats = REPEAT.matcher(text);
        String expanded = repeats.replaceAll(match -> match.group(1).repeat(Integer.parseInt(match.group(2))));
        return HexFormat.of().parseHex(expanded.replaceAll("[\\s|]", ""));
    }

    /**
     * A buffer of the octets that a text stands for.
     *
     * @param text as for {@link #octets}
     * @return a buffer that the caller releases
     */
    public static ByteBuf buffer(String text) {
        return buffer(octets(text));
    }

    /**
     * A buffer of its own, out of Netty's default pool.
     *
     * @param octets copied
     * @return a buffer that the caller releases
     */
    public static ByteBuf buffer(byte[] octets) {
        return ByteBufAllocator.DEFAULT.buffer(Math.max(1, octets.length)).writeBytes(octets);
    }

    /**
     * The readable octets of a buffer, which stays as it is.
     *
     * @param buffer where to look
     * @return digits without blanks
     */
    public static String of(ByteBuf buffer) {
        byte[] octets = new byte[buffer.readableBytes()];
        buffer.getBytes(buffer.readerIndex(), octets);
        return of(octets);
    }

    /**
     * Octets as digits.
     *
     * @param octets where to look
     * @return digits without blanks
     */
    public static String of(byte[] octets) {
        return HexFormat.of().formatHex(octets);
    }

    /**
     * A text as digits.
     *
     * @param ascii where to look
     * @return digits without blanks
     */
    public static String ofText(String ascii) {
        return of(ascii.getBytes(StandardCharsets.US_ASCII));
    }
}
