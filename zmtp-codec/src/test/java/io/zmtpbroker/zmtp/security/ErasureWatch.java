package io.zmtpbroker.zmtp.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.zmtpbroker.zmtp.security.nacl.Nacl;
import io.zmtpbroker.zmtp.security.nacl.NaclBox;
import io.zmtpbroker.zmtp.testing.Reachable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Another NaCl that remembers the secrets it was shown and the boxes it gave out. */
final class ErasureWatch implements Nacl {
    private final Nacl nacl;
    private final List<byte[]> secrets = new ArrayList<>();
    private final List<Watched> boxes = new ArrayList<>();

    ErasureWatch(Nacl nacl) {
        this.nacl = nacl;
    }

    /** Nothing short-lived is left of what was seen until now; long-term keys stay with their endpoint. */
    void assertErased() {
        assertThat(secrets).isNotNull().allSatisfy(secret -> assertThat(secret).containsOnly(0));
        assertThat(boxes).allSatisfy(box -> assertZero(box.box));
    }

    /** Not only the key, but what was made of it: streams, their keys, and text. Tags and parts of nonces are no secrets. */
    static void assertZero(NaclBox box) {
        assertThat(Reachable.octets(box))
                .filteredOn(octets -> octets.length > NaclBox.OVERHEAD)
                .isNotEmpty()
                .allSatisfy(octets -> assertThat(octets).containsOnly(0));
    }

    @Override
    public String name() {
        return nacl.name();
    }

    @Override
    public byte[] publicKey(byte[] secretKey) {
        remember(secretKey);
        return nacl.publicKey(secretKey);
    }

    @Override
    public Optional<NaclBox> box(byte[] publicKey, byte[] secretKey) {
        remember(secretKey);
        return nacl.box(publicKey, secretKey).map(this::watched);
    }

    @Override
    public NaclBox secretBox(byte[] key) {
        remember(key);
        return watched(nacl.secretBox(key));
    }

    private void remember(byte[] secret) {
        if (secret != CurveVectors.SERVER.secretOctets() && secret != CurveVectors.CLIENT.secretOctets()) {
            secrets.add(secret);
        }
    }

    private NaclBox watched(NaclBox box) {
        Watched watched = new Watched(box);
        boxes.add(watched);
        return watched;
    }

    private static final class Watched implements NaclBox {
        private final NaclBox box;

        Watched(NaclBox box) {
            this.box = box;
        }

        @Override
        public void seal(byte[] nonce, ByteBuf buffer, int index, int length) {
            box.seal(nonce, buffer, index, length);
        }

        @Override
        public boolean open(byte[] nonce, ByteBuf in, int index, int length, ByteBuf out) {
            return box.open(nonce, in, index, length, out);
        }

        @Override
        public void close() {
            box.close();
        }
    }
}
