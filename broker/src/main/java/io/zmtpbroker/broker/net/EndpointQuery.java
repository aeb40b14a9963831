package io.zmtpbroker.broker.net;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The query of an endpoint, {@code key=value&flag}: its keys are known, each stands there once. What a value means is read by
 * the methods here, one for each kind of value. There are no escapes, so a value has no {@code &}.
 *
 * @param values by key; empty for a flag
 */
record EndpointQuery(Map<EndpointKey, String> values) {

    private static final int OCTAL = 8;

    EndpointQuery {
        values = Collections.unmodifiableMap(values);
    }

    /**
     * Reads a query, without its question mark.
     *
     * @throws IllegalArgumentException for a key that is unknown or stands there twice
     */
    static EndpointQuery parse(String text) {
        Map<EndpointKey, String> values = new EnumMap<>(EndpointKey.class);
        for (String part : text.isEmpty() ? new String[0] : text.split("&", -1)) {
            int equals = part.indexOf('=');
            EndpointKey key = EndpointKey.of(equals < 0 ? part : part.substring(0, equals));
            String value = equals < 0 ? "" : part.substring(equals + 1);
            if (key.isFlag() && equals >= 0) {
                throw new IllegalArgumentException(key.label() + " takes no value");
            }
            if (!key.isFlag() && value.isEmpty()) {
                throw new IllegalArgumentException(key.label() + " needs a value");
            }
            if (values.put(key, value) != null) {
                throw new IllegalArgumentException(key.label() + " stands there twice");
            }
        }
        return new EndpointQuery(values);
    }

    Set<EndpointKey> keys() {
        return values.keySet();
    }

    String text(EndpointKey key, String otherwise) {
        return values.getOrDefault(key, otherwise);
    }

    boolean flag(EndpointKey key) {
        return values.containsKey(key);
    }

    /** One of the constants of an enum, in lower case. */
    <E extends Enum<E>> E choice(EndpointKey key, E otherwise) {
        return choiceIfAny(key, otherwise.getDeclaringClass()).orElse(otherwise);
    }

    /** One of the constants of an enum, in lower case; empty where the key is not there. */
    <E extends Enum<E>> Optional<E> choiceIfAny(EndpointKey key, Class<E> type) {
        String value = values.get(key);
        if (value == null) {
            return Optional.empty();
        }
        E[] constants = type.getEnumConstants();
        return Optional.of(Arrays.stream(constants)
                .filter(constant -> label(constant).equals(value))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(key.label() + " '" + value + "' is none of "
                        + Arrays.stream(constants).map(EndpointQuery::label).collect(Collectors.joining(", ")))));
    }

    /** A number from 1 to 9,999. */
    int count(EndpointKey key, int otherwise) {
        String value = values.get(key);
        if (value == null) {
            return otherwise;
        }
        if (!value.matches("[1-9][0-9]{0,3}")) {
            throw new IllegalArgumentException(key.label() + " '" + value + "' is not a number from 1 to 9999");
        }
        return Integer.parseInt(value);
    }

    /** File permissions in octal digits, such as 660 or 0660. */
    OptionalInt permissions(EndpointKey key) {
        String value = values.get(key);
        if (value == null) {
            return OptionalInt.empty();
        }
        if (!value.matches("0?[0-7]{3}")) {
            throw new IllegalArgumentException(key.label() + " '" + value + "' is not octal from 000 to 0777");
        }
        return OptionalInt.of(Integer.parseInt(value, OCTAL));
    }

    static String label(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /** As it was written, the keys in the order of their declaration; empty without keys. */
    @Override
    public String toString() {
        return values.entrySet().stream()
                .map(entry -> entry.getKey().label() + (entry.getKey().isFlag() ? "" : "=" + entry.getValue()))
                .collect(Collectors.joining("&"));
    }
}
