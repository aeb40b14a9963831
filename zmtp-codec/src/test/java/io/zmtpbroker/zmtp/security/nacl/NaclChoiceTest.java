package io.zmtpbroker.zmtp.security.nacl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NaclChoiceTest {
    @Test
    void takesLibsodiumWhereItCanBeHad() {
        Nacl libsodium = NaclLibrary.LIBSODIUM.nacl();

        NaclChoice choice = NaclChoice.of("auto", () -> new LibsodiumLoader.Found(libsodium, ""));

        assertThat(choice.nacl()).isSameAs(libsodium);
        assertThat(choice.description()).matches("libsodium 1\\.[0-9.]+");
    }

    @Test
    void takesBouncyCastleElsewhereAndSaysWhy() {
        NaclChoice choice = NaclChoice.of("auto", NaclChoiceTest::notThere);

        assertThat(choice.nacl()).isSameAs(Nacl.bouncyCastle());
        assertThat(choice.description()).isEqualTo("Bouncy Castle, slower than libsodium, but it is not there");
    }

    @Test
    void doesNotLookForLibsodiumWhenBouncyCastleIsDemanded() {
        NaclChoice choice = NaclChoice.of("bouncy-castle", () -> {
            throw new AssertionError("looked for");
        });

        assertThat(choice).isEqualTo(new NaclChoice(Nacl.bouncyCastle(), "Bouncy Castle"));
    }

    @Test
    void failsWhenWhatIsDemandedIsNotThereOrMeansNothing() {
        assertThatIllegalStateException()
                .isThrownBy(() -> NaclChoice.of("libsodium", NaclChoiceTest::notThere))
                .withMessageContaining("it is not there");
        assertThatIllegalStateException()
                .isThrownBy(() -> NaclChoice.of("openssl", NaclChoiceTest::notThere))
                .withMessageContaining("auto, libsodium or bouncy-castle");
    }

    @Test
    void findsNothingUnderNamesThatNoLibraryHas() {
        LibsodiumLoader.Found found = LibsodiumLoader.load(List.of("libsodium.so.0", "no-sodium"));

        assertThat(found.nacl()).isNull();
        assertThat(found.whyNot()).startsWith("it cannot be loaded: ").contains("no-sodium");
    }

    @Test
    void doesNotTrustALibraryThatIsNotSodium() {
        LibsodiumLoader.Found found = LibsodiumLoader.load(List.of("libc.so.6"));

        assertThat(found.nacl()).isNull();
    }

    @Test
    void doesNotTrustALibraryThatFailsTheTest() {
        Nacl wrong = new Nacl() {
            @Override
            public String name() {
                return "wrong";
            }

            @Override
            public byte[] publicKey(byte[] secretKey) {
                return Nacl.bouncyCastle().publicKey(secretKey);
            }

            @Override
            public Optional<NaclBox> box(byte[] publicKey, byte[] secretKey) {
                return Optional.of(secretBox(secretKey));
            }

            @Override
            public NaclBox secretBox(byte[] key) {
                return Nacl.bouncyCastle().secretBox(key);
            }
        };

        assertThat(NaclSelfTest.passes(wrong)).isFalse();
        assertThat(NaclSelfTest.passes(Nacl.bouncyCastle())).isTrue();
    }

    /** For those who use the codec without JNA, which is an optional dependency. */
    @Test
    void doesWithoutJna() throws Exception {
        URL[] withoutJna = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !Path.of(entry).getFileName().toString().startsWith("jna-"))
                .map(NaclChoiceTest::url)
                .toArray(URL[]::new);
        try (URLClassLoader loader = new URLClassLoader(withoutJna, ClassLoader.getPlatformClassLoader())) {
            Object description = loader.loadClass(Nacl.class.getName())
                    .getMethod("describePreferred")
                    .invoke(null);

            assertThat(description).asString().startsWith("Bouncy Castle").endsWith("JNA is not on the class path");
        }
    }

    private static LibsodiumLoader.Found notThere() {
        return new LibsodiumLoader.Found(null, "it is not there");
    }

    private static URL url(String entry) {
        try {
            return Path.of(entry).toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException(entry, e);
        }
    }
}
