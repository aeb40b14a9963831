package io.zmtpbroker.zmtp.security.nacl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.CompositeByteBuf;
import io.netty.buffer.Unpooled;
import io.zmtpbroker.zmtp.testing.Hex;
import io.zmtpbroker.zmtp.testing.LeakCheck;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against libsodium 1.0.18, whose boxes are kept here as their SHA-256. */
@ExtendWith(LeakCheck.class)
@ParameterizedClass
@EnumSource
class NaclBoxTest {
    private final Nacl nacl;

    NaclBoxTest(NaclLibrary library) {
        nacl = library.nacl();
    }

    private static final byte[] NONCE = Hex.octets("33*24");
    private static final byte[] MINE = Hex.octets("11*32");
    private static final byte[] THEIRS = Hex.octets("22*32");

    /** Octets in the box, then the box between two keys, then that of a secret key. */
    @ParameterizedTest
    @CsvSource({
        "0, 6aedb5b6a48ef25686d6e9e71a55f47b8aec3e41a445cc442d3dfdf5a97a65fa, b2ebb9434a167f48cde1de1c0d7fbb6550754ee6b37528dae2b16e2570a65046",
        "1, 03401438255f2eedc8b9d8700dd83f984d96981566d8599fe317e29684982607, 1fe2aa1caf78d26fc371fb047a44fd5dd1902b8aee9f1f71bc56bb05abbba97d",
        "31, 2c8e30851e541726330b84e719624c59d9085034456418809cde4452e8b5ac65, bf244af3678d177d0d01710dbc14bc9d03e5a7aba9bae58f7e97af3ac008d0a1",
        "32, 684fe1209aa694c5d8fdd943ba6f6c5d67dda7bf45d7c61eb36c72c159f6a1b0, 646df5b210a078015d98086defdccaa9454451472bc19c5cb015e9c8a10f3491",
        "33, 71fd9f6bfb8674257d170470549b484485b0fe4b7385c1b8b9cd1c24eb35e1bf, 613a273a070690d203d63f7c38b613aa95959579315e908d7399ab432c24904e",
        "63, aa9c4368b3a839e3861ff4e686db3901fe931610ac59fbc032d1a8193cabc6dc, b2cfe0aa8e8833a5f275b876ba30335bc4079729ceb82ca2a523bdd4ffbff49d",
        "64, da737fdd8573ebeed39193a4bbc1f3141dbf0861b6ab414804bd8e90720662c4, a20665421c86138d456efb136f385220523a8244252828b7d2c5dd8d8329a242",
        "65, 92d7992ce3fcd78cca3b5896c2496e87be8e09393f0d201c9b20d73f9b3c130f, 7f92921eefd7c7cd4a17acd811be3e88022d2ac8a8890295b8f6b78713b74776",
        "96, 13ec3c53465e2ddb53d27000cf46e47dcab66a299ac28aa4b9e2a0852900b80f, 7d8809f9884d64c47133f92d3e54b714f9bba14ad7e218491cd95d6793a8f10f",
        "97, 47897e0fc3bdab2989b76cf1b3a0425500bdb3c09a5537a808db29aabb52e4c5, 1a2a74016f1656cc76ba3c3556c965d61325ec0d0872b87946720c941dbcacc7",
        "2016, 03ea70b383ce02a7026f96d91ca02941d84e0ea07e64ed42addd7c53835702b7, 7381d74e5ba35ffa04fe614dd5295b8f5cbc5c1052d9789384738c4d43dc3e82",
        "2048, 6fcf9b1e1186d78e36408d80f3474a8c717dea3e1b948d1f9f84fe285f23f0d8, 008938e32719a5dff5348c1ce9b920aaccb66f728419bdcddc06f45710ed9fd8",
        "2080, 5dd7fd3448bb011a563fc586e67a564cbbcb2f7d6560cd3413cf936825747164, 5edd959a97b655f67616d0cf9496d01f09e33c76beca9d61f5e3b136f726b2c6",
        "2081, 84ad634215e294c527d10dfa3343f01041ef0373f7662f1b363380de38075e4d, 7a0db77bd8396eb3ca670a8798d90d181f8eb681d0c647868be23947bc230aa4",
        "70001, 2237bf208eb9bdac5643527ad70ea1e04d0a3983e70022068ae8cf4ea69ecec3, 4e47c9009fa87113b4025148b5cc64a664356e0bb7d3a0ddede42274c04fda8d"
    })
    void makesTheSameBoxesAsLibsodium(int length, String boxHash, String secretBoxHash) {
        try (NaclBox mine = box(THEIRS, MINE);
                NaclBox theirs = box(MINE, THEIRS);
                NaclBox secret = nacl.secretBox(Hex.octets("44*32"))) {
            ByteBuf sealed = sealed(mine, length);

            assertThat(sha256(sealed)).isEqualTo(boxHash);
            assertThat(sha256(sealed(secret, length))).isEqualTo(secretBoxHash);
            assertThat(Hex.of(opened(theirs, sealed))).isEqualTo(Hex.of(text(length)));
        }
    }

    @Test
    void goesOnWithTheNextNonceOfTheSamePrefixAndWithAnother() {
        try (NaclBox used = box(THEIRS, MINE)) {
            for (String nonce : new String[] {"33*24", "33*16 00*8", "33*16 00*7 01", "55*24", "33*24"}) {
                ByteBuf one = Unpooled.wrappedBuffer(new byte[NaclBox.OVERHEAD + 100]);
                ByteBuf other = one.copy();
                used.seal(Hex.octets(nonce), one, 0, 100);
                try (NaclBox fresh = box(THEIRS, MINE)) {
                    fresh.seal(Hex.octets(nonce), other, 0, 100);
                }
                assertThat(one).isEqualTo(other);
            }
        }
    }

    @Test
    void worksOnAnyKindOfBufferAndLeavesWhatIsAroundTheBox() {
        try (NaclBox mine = box(THEIRS, MINE)) {
            byte[] expected = Hex.octets(Hex.of(sealed(mine, 5000)));
            CompositeByteBuf pieces = Unpooled.compositeBuffer();
            pieces.addComponent(true, Unpooled.directBuffer().writeZero(1000));
            pieces.addComponent(true, Unpooled.buffer().writeZero(1020));
            pieces.addComponent(true, Unpooled.directBuffer().writeZero(3000));
            pieces.setBytes(3 + NaclBox.OVERHEAD, text(5000));
            mine.seal(NONCE, pieces, 3, 5000);

            assertThat(Hex.of(pieces.slice(3, 5016))).isEqualTo(Hex.of(expected));
            assertThat(pieces.getMedium(0)).isZero();
            assertThat(pieces.getByte(5019)).isZero();
            pieces.release();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 40})
    void refusesABoxOfWhichAnyBitWasChanged(int length) {
        try (NaclBox mine = box(THEIRS, MINE)) {
            byte[] sealed = Hex.octets(Hex.of(sealed(mine, length)));
            ByteBuf out = Unpooled.buffer();
            for (int bit = 0; bit < 8 * sealed.length; bit++) {
                sealed[bit / 8] ^= (byte) (1 << (bit % 8));
                assertThat(mine.open(NONCE, Unpooled.wrappedBuffer(sealed), 0, sealed.length, out))
                        .isFalse();
                sealed[bit / 8] ^= (byte) (1 << (bit % 8));
            }
            for (int shorter = 0; shorter < sealed.length; shorter++) {
                assertThat(mine.open(NONCE, Unpooled.wrappedBuffer(sealed), 0, shorter, out))
                        .isFalse();
            }
            assertThat(out.isReadable()).isFalse();
            assertThat(mine.open(NONCE, Unpooled.wrappedBuffer(sealed), 0, sealed.length, out))
                    .isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "00*32",
                "01 00*31",
                "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
                "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
                "ec ff*30 7f",
                "ed ff*30 7f",
                "ee ff*30 7f"
            })
    void hasNoBoxWithAKeyOfSmallOrder(String publicKey) {
        assertThat(nacl.box(Hex.octets(publicKey), MINE)).isEmpty();
    }

    /** Every octet of a short box, and some of each part of a long one: the tag, the first block, the middle, the end. */
    @ParameterizedTest
    @ValueSource(ints = {1, 33, 5000, 65536})
    void refusesAChangeInAnyRegionWhereverTheBoxLies(int length) {
        try (NaclBox mine = box(THEIRS, MINE)) {
            for (BufferKind kind : BufferKind.values()) {
                ByteBuf in = kind.holding(sealed(mine, length));
                ByteBuf out = Unpooled.directBuffer().setIndex(NaclBox.HEADROOM, NaclBox.HEADROOM);
                int boxLength = NaclBox.OVERHEAD + length;
                int at = in.readerIndex();
                for (int octet : new int[] {0, 15, 16, 16 + length / 2, boxLength - 1}) {
                    in.setByte(at + octet, in.getByte(at + octet) ^ 0x80);
                    assertThat(mine.open(NONCE, in, at, boxLength, out)).isFalse();
                    in.setByte(at + octet, in.getByte(at + octet) ^ 0x80);
                }
                assertThat(out.isReadable()).isFalse();
                assertThat(mine.open(NONCE, in, at, boxLength, out)).isTrue();
                assertThat(Hex.of(out)).isEqualTo(Hex.of(text(length)));
                in.release();
                out.release();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void sealsAndOpensInAnyKindOfBufferAndLeavesWhatIsAround(BufferKind kind) {
        SplittableRandom random = new SplittableRandom(1);
        try (NaclBox mine = box(THEIRS, MINE);
                NaclBox theirs = box(MINE, THEIRS)) {
            for (int round = 0; round < 20; round++) {
                int length = random.nextInt(1 << random.nextInt(1, 15));
                ByteBuf box = kind.holding(
                        Unpooled.buffer().writeZero(NaclBox.OVERHEAD).writeBytes(text(length)));
                ByteBuf out = kind.holding(Unpooled.buffer(0)).writeLong(7);
                String around = ByteBufUtil.hexDump(box, 0, box.readerIndex());
                String before = ByteBufUtil.hexDump(out, 0, out.writerIndex());

                mine.seal(NONCE, box, box.readerIndex(), length);
                boolean genuine = theirs.open(NONCE, box, box.readerIndex(), box.readableBytes(), out);

                assertThat(genuine).isTrue();
                assertThat(Hex.of(box)).isEqualTo(Hex.of(sealed(theirs, length)));
                assertThat(ByteBufUtil.hexDump(box, 0, box.readerIndex())).isEqualTo(around);
                assertThat(ByteBufUtil.hexDump(out, 0, out.writerIndex())).isEqualTo(before + Hex.of(text(length)));
                box.release();
                out.release();
            }
        }
    }

    @Test
    void touchesNothingBeyondABuffer() {
        try (NaclBox mine = box(THEIRS, MINE)) {
            ByteBuf small = Unpooled.directBuffer(64, 64).writeZero(64);

            assertThatThrownBy(() -> mine.seal(NONCE, small, 32, 17)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> mine.seal(NONCE, small, -1, 1)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> mine.open(NONCE, small, 32, 33, small.duplicate()))
                    .isInstanceOf(IndexOutOfBoundsException.class);
            small.release();
            assertThatThrownBy(() -> mine.seal(NONCE, small, 32, 1)).isInstanceOf(RuntimeException.class);
        }
    }

    @Test
    void isOfNoUseOnceItIsClosed() {
        NaclBox mine = box(THEIRS, MINE);
        ByteBuf sealed = sealed(mine, 10);

        mine.close();
        mine.close();

        assertThatIllegalStateException().isThrownBy(() -> sealed(mine, 10));
        assertThatIllegalStateException().isThrownBy(() -> opened(mine, sealed));
    }

    private NaclBox box(byte[] theirSecret, byte[] ourSecret) {
        return nacl.box(nacl.publicKey(theirSecret), ourSecret).orElseThrow();
    }

    private static ByteBuf sealed(NaclBox box, int length) {
        ByteBuf sealed = Unpooled.buffer().writeZero(NaclBox.OVERHEAD).writeBytes(text(length));
        box.seal(NONCE, sealed, 0, length);
        return sealed;
    }

    private static ByteBuf opened(NaclBox box, ByteBuf sealed) {
        ByteBuf out = Unpooled.buffer();
        assertThat(box.open(NONCE, sealed, 0, sealed.readableBytes(), out)).isTrue();
        return out;
    }

    private static byte[] text(int length) {
        byte[] text = new byte[length];
        for (int i = 0; i < length; i++) {
            text[i] = (byte) (i * 7);
        }
        return text;
    }

    private static String sha256(ByteBuf octets) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return Hex.of(digest.digest(Hex.octets(Hex.of(octets))));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
