package io.zmtpbroker.broker.command;

import java.util.Locale;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a number of octets, such as {@code 1000}, {@code 64k}, {@code 16m} or {@code 2g}; a k is 1024. */
final class Bytes implements ITypeConverter<Long> {

    private static final Pattern SIZE = Pattern.compile("([0-9]{1,15})([kmg]?)");

    @Override
    public Long convert(String text) {
        var size = SIZE.matcher(text.toLowerCase(Locale.ROOT));
        if (!size.matches()) {
            throw new TypeConversionException("'" + text + "' is not a number of bytes, such as 1000, 64k, 16m or 2g");
        }
        long unit =
                switch (size.group(2)) {
                    case "k" -> 1L << 10;
                    case "m" -> 1L << 20;
                    case "g" -> 1L << 30;
                    default -> 1;
                };
        try {
            return Math.multiplyExact(Long.parseLong(size.group(1)), unit);
        } catch (ArithmeticException e) {
            throw new TypeConversionException("'" + text + "' is too many bytes");
        }
    }
}
