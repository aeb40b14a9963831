package io.zmtpbroker.interop;

import java.util.EnumMap;
import java.util.Map;
import org.zeromq.SocketType;

/** A socket that a test wants: its type, whom it connects to, and the options that are not left at the library's default. */
record SocketSpec(SocketType type, String endpoint, Map<SocketOption, String> options) {
    static SocketSpec of(SocketType type, String endpoint) {
        return new SocketSpec(type, endpoint, Map.of());
    }

    SocketSpec with(SocketOption option, Object value) {
        var more = new EnumMap<SocketOption, String>(SocketOption.class);
        more.putAll(options);
        more.put(option, value.toString());
        return new SocketSpec(type, endpoint, more);
    }

    SocketSpec to(String other) {
        return new SocketSpec(type, other, options);
    }
}
