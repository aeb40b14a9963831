package io.zmtpbroker.zmtp.security.nacl;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Looks for libsodium, and trusts it once it has been tried. */
final class LibsodiumLoader {
    /** Its binary interfaces that have what we call, the newest first; then whatever name another platform gives it. */
    private static final List<String> LIBRARIES = List.of("libsodium.so.26", "libsodium.so.23", "sodium");

    /**
     * What was found.
     *
     * @param nacl null when there is none to be used
     * @param whyNot for people; empty when there is one
     */
    record Found(@Nullable Nacl nacl, String whyNot) {}

    private LibsodiumLoader() {}

    static Found load() {
        return load(LIBRARIES);
    }

    static Found load(List<String> libraries) {
        try {
            if (!Libsodium.has64BitAddresses()) {
                return missing("it is used on 64-bit platforms only");
            }
            if (!buffersHaveAddresses()) {
                return missing("Netty may not know the addresses of its buffers");
            }
            return bind(libraries);
        } catch (NoClassDefFoundError e) {
            return missing("JNA is not on the class path");
        } catch (LinkageError e) { // JNA's own native part
            return missing("JNA does not work here: " + firstLine(e));
        }
    }

    private static Found bind(List<String> libraries) {
        String reason = "";
        for (String library : libraries) {
            try {
                Libsodium.bind(library);
            } catch (UnsatisfiedLinkError e) {
                reason = firstLine(e);
                continue;
            }
            if (Libsodium.sodium_init() < 0) {
                return missing("it cannot be initialised");
            }
            Nacl nacl = new LibsodiumNacl();
            return NaclSelfTest.passes(nacl) ? new Found(nacl, "") : missing(nacl.name() + " fails its test");
        }
        return missing("it cannot be loaded: " + reason);
    }

    private static boolean buffersHaveAddresses() {
        ByteBuf buffer = ByteBufAllocator.DEFAULT.directBuffer(1);
        try {
            return buffer.hasMemoryAddress();
        } finally {
            buffer.release();
        }
    }

    private static Found missing(String whyNot) {
        return new Found(null, whyNot);
    }

    private static String firstLine(LinkageError error) {
        String message =
                Objects.requireNonNullElse(error.getMessage(), error.getClass().getName());
        return message.lines().findFirst().orElse("");
    }
}
