package io.zmtpbroker.zmtp;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The properties that an end of a connection tells of itself in the handshake (37/ZMTP, "Metadata"), in their order.
 * Names compare without case and need not be unique; where a name stands twice, the accessors give the first.
 */
public final class Metadata {
    /** The name of the property that says a peer's {@link SocketType}. */
    public static final String SOCKET_TYPE = "Socket-Type";

    /** The name of the property that holds a peer's {@link RoutingId}. */
    public static final String IDENTITY = "Identity";

    /** The longest property name, in octets. */
    public static final int MAX_NAME_LENGTH = 255;

    /** No properties. */
    public static final Metadata EMPTY = new Metadata(List.of());

    private final List<Property> properties;

    private Metadata(List<Property> properties) {
        this.properties = properties;
    }

    /**
     * Begins a new, empty set of properties.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * The names as they were spelled, in order, with repetitions.
     *
     * @return an unmodifiable list
     */
    public List<String> names() {
        return properties.stream().map(property -> property.name).toList();
    }

    /**
     * The value of a property.
     *
     * @param name in any case
     * @return a copy of the octets, empty when there is no such property
     */
    public Optional<byte[]> bytes(String name) {
        for (Property property : properties) {
            if (property.name.equalsIgnoreCase(name)) {
                return Optional.of(property.value.clone());
            }
        }
        return Optional.empty();
    }

    /**
     * The value of a property, read as UTF-8. It is the peer's text: treat it as such in a log.
     *
     * @param name in any case
     * @return the text, empty when there is no such property
     */
    public Optional<String> text(String name) {
        return bytes(name).map(octets -> new String(octets, StandardCharsets.UTF_8));
    }

    /**
     * How often a property stands here.
     *
     * @param name in any case
     * @return 0 or more
     */
    public int count(String name) {
        return (int) properties.stream()
                .filter(property -> property.name.equalsIgnoreCase(name))
                .count();
    }

    /**
     * The number of properties.
     *
     * @return 0 or more
     */
    public int size() {
        return properties.size();
    }

    /**
     * Shows every property to {@code visitor}, in order.
     *
     * @param visitor called once a property
     */
    public void forEach(Visitor visitor) {
        for (Property property : properties) {
            visitor.visit(property.name, property.value.clone());
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Metadata that && properties.equals(that.properties);
    }

    @Override
    public int hashCode() {
        return properties.hashCode();
    }

    /** Names and the lengths of their values; the values themselves may be secrets of an application. */
    @Override
    public String toString() {
        return properties.toString();
    }

    /** Takes properties one by one. */
    @FunctionalInterface
    public interface Visitor {
        /**
         * Takes one property.
         *
         * @param name as it was spelled, 1 to 255 characters of one octet each
         * @param value a copy of the octets
         */
        void visit(String name, byte[] value);
    }

    /** Collects properties; not for use by several threads. */
    public static final class Builder {
        private final List<Property> properties = new ArrayList<>();

        private Builder() {}

        /**
         * Adds a property after those that are there.
         *
         * @param name 1 to 255 characters, each of one octet (ISO 8859-1)
         * @param value copied
         * @return this builder
         * @throws IllegalArgumentException if the name has another length or other characters
         */
        public Builder add(String name, byte[] value) {
            if (name.isEmpty() || name.length() > MAX_NAME_LENGTH) {
                throw new IllegalArgumentException(
                        "property name of " + name.length() + " octets, 1 to " + MAX_NAME_LENGTH + " are allowed");
            }
            if (name.chars().anyMatch(character -> character > 0xff)) {
                throw new IllegalArgumentException("property name with a character of more than one octet");
            }
            properties.add(new Property(name, value.clone()));
            return this;
        }

        /**
         * Adds a property whose value is text.
         *
         * @param name as for {@link #add(String, byte[])}
         * @param value written as UTF-8
         * @return this builder
         * @throws IllegalArgumentException as {@link #add(String, byte[])}
         */
        public Builder add(String name, String value) {
            return add(name, value.getBytes(StandardCharsets.UTF_8));
        }

        /**
         * Adds all properties of another set, in order.
         *
         * @param metadata where they come from
         * @return this builder
         */
        public Builder addAll(Metadata metadata) {
            properties.addAll(metadata.properties);
            return this;
        }

        /**
         * The properties added so far.
         *
         * @return an immutable set
         */
        public Metadata build() {
            return properties.isEmpty() ? EMPTY : new Metadata(List.copyOf(properties));
        }
    }

    private static final class Property {
        private final String name;
        private final byte[] value;

        Property(String name, byte[] value) {
            this.name = name;
            this.value = value;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Property that
                    && name.equalsIgnoreCase(that.name)
                    && Arrays.equals(value, that.value);
        }

        @Override
        public int hashCode() {
            return 31 * name.toLowerCase(Locale.ROOT).hashCode() + Arrays.hashCode(value);
        }

        @Override
        public String toString() {
            return name + "[" + value.length + "]";
        }
    }
}
