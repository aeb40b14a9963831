package io.zmtpbroker.broker.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zmtpbroker.zmtp.security.CurveKeyPair;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files of credentials: what they say, and what is said about each line that is wrong. */
class CredentialFilesTest {

    private static final String HASH =
            "$pbkdf2-sha256$10000$MDEyMzQ1Njc4OWFiY2RlZg$6umsHhz0yhb.YIJ/FUgCrsOB.tK.gGdB.tvI2KPIHns";
    private static final String KEY = "Yne@$w-vo<fVvi]a<NY6T1ed:M$fCG*[IaLV{hID";

    @TempDir
    private Path directory;

    @Test
    void readsUsersAndLeavesOutCommentsAndBlankLines() throws Exception {
        Path file = write("# users\n\n  alice " + HASH + " client\n\tbob@x  " + HASH + "\tworker,client  \r\n#\n");

        PlainUsers users = PlainUsers.read(file);

        assertThat(users.size()).isEqualTo(2);
        assertThat(Objects.requireNonNull(users.find("alice")).roles()).containsExactly(AccessRole.CLIENT);
        assertThat(Objects.requireNonNull(users.find("bob@x")).roles()).isEqualTo(AccessRole.ALL);
        assertThat(users.find("Alice")).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "alice HASH | a line is 'name hash roles', 3 words; this one has 2",
                "alice HASH client worker | a line is 'name hash roles', 3 words; this one has 4",
                "sec:ret HASH client | the name is none: it has 1 to 64 letters, digits and any of . _ @ + -",
                "sec\u0007ret HASH client | the name is none",
                "alice HASH admin | no such role; there are client, worker and client,worker",
                "alice HASH Client | no such role",
                "alice HASH client, | no such role",
                "alice secret client | the second word is no hash, such as zmtp-broker passwd writes",
                "alice $6$10000$c2FsdHNhbHQ$aGFzaA client | the second word is no hash",
                "alice $pbkdf2-sha256$1$c2FsdHNhbHQ$aGFzaA client | the hash has 1 iterations, and may have 10000 to 10000000",
                "alice $pbkdf2-sha256$99999999$c2FsdHNhbHQ$aGFzaA client | the hash has 99999999 iterations",
                "alice $pbkdf2-sha256$10000$c2FsdHNhbHQ$aGFzaA client | the hash is damaged",
                "alice $pbkdf2-sha256$10000$!!$aGFzaA client | the hash is damaged",
                "bob HASH client | user 'bob' is in line 2 already",
            })
    void saysWhichLineOfUsersIsWrongAndWhy(String line, String why) throws Exception {
        Path file = write("# users\nbob HASH client\n".replace("HASH", HASH) + line.replace("HASH", HASH) + "\n");

        assertThatThrownBy(() -> PlainUsers.read(file))
                .isInstanceOf(CredentialFileException.class)
                .hasMessageStartingWith(file + ":3: " + why)
                .message()
                .doesNotContain("secret", "sec:ret", "ret", "6umsHhz0yhb", "admin");
    }

    @Test
    void readsKeysOfWhichAUserMayHaveSeveral() throws Exception {
        String other = CurveKeyPair.generate().publicKey().z85();
        Path file = write("# keys\n" + KEY + " alice client\n" + other + " alice client,worker\n");

        CurveKeys keys = CurveKeys.read(file);

        assertThat(keys.size()).isEqualTo(2);
        assertThat(Objects.requireNonNull(keys.find("curve:" + KEY)).name()).isEqualTo("alice");
        assertThat(Objects.requireNonNull(keys.find("curve:" + other)).roles()).isEqualTo(AccessRole.ALL);
        assertThat(keys.find("plain:alice:x")).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "KEY alice | a line is 'key name roles', 3 words; this one has 2",
                "alice KEY client | the first word is no public key: key of 5 characters, it must have 40",
                "Yne@$w-vo<fVvi]a<NY6T1ed:M$fCG*[IaLV{hI~ alice client | the first word is no public key: character 40 is",
                "KEY KEY client | the name is none",
                "KEY alice both | no such role",
                "KEY bob client | this key is in line 1 already",
            })
    void saysWhichLineOfKeysIsWrongAndWhy(String line, String why) throws Exception {
        Path file = write((KEY + " bob client\n") + line.replace("KEY", KEY) + "\n");

        assertThatThrownBy(() -> CurveKeys.read(file))
                .isInstanceOf(CredentialFileException.class)
                .hasMessageStartingWith(file + ":2: " + why)
                .message()
                .doesNotContain("both", KEY);
    }

    @Test
    void noKeyIsTakenForAComment() {
        for (int i = 0; i < 2000; i++) {
            assertThat(CurveKeyPair.generate().publicKey().z85()).doesNotStartWith("#");
        }
    }

    @Test
    void saysWhatIsWrongWithAFileAsAWhole() throws Exception {
        Path missing = directory.resolve("missing");
        Path binary = Files.write(directory.resolve("binary"), new byte[] {'a', (byte) 0xff});
        Path empty = Files.writeString(directory.resolve("empty"), "# nobody\n\n");

        assertThatThrownBy(() -> PlainUsers.read(missing)).hasMessage(missing + ": there is no such file");
        assertThatThrownBy(() -> PlainUsers.read(directory)).hasMessage(directory + ": it is a directory");
        assertThatThrownBy(() -> PlainUsers.read(binary)).hasMessage(binary + ": it is not UTF-8 text");
        assertThatThrownBy(() -> PlainUsers.read(empty)).hasMessage(empty + ": there is no user in it");
        assertThatThrownBy(() -> CurveKeys.read(empty)).hasMessage(empty + ": there is no key in it");
    }

    @Test
    void readsTheMarkThatSomeEditorsPutInFront() throws Exception {
        assertThat(PlainUsers.read(write("\ufeffalice " + HASH + " client\n")).find("alice"))
                .isNotNull();
        assertThat(CurveKeys.read(write("\ufeff" + KEY + " alice client\n")).size())
                .isOne();
    }

    @ParameterizedTest
    @CsvSource({"rw-rw----, true", "rw-r--rw-, true", "rw-r--r--, false", "r--------, false"})
    void refusesListsThatOthersMayChange(String mode, boolean refused) throws Exception {
        Path file = write(KEY + " alice client\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));

        if (refused) {
            assertThatThrownBy(() -> CurveKeys.read(file))
                    .hasMessage(file + ": others than its owner may write to it; chmod go-w " + file);
        } else {
            assertThat(CurveKeys.read(file).size()).isOne();
        }
    }

    @Test
    void writesAndReadsAKeyPairThatNobodyElseMayRead() throws Exception {
        Path file = directory.resolve("broker.key");
        CurveKeyPair pair = CurveKeyPair.generate();

        KeyPairFile.write(file, pair, false);

        assertThat(KeyPairFile.read(file)).isEqualTo(pair);
        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThatThrownBy(() -> KeyPairFile.write(file, CurveKeyPair.generate(), false))
                .hasMessage(file + ": the file exists already");
        assertThat(KeyPairFile.read(file)).isEqualTo(pair);
        assertThatThrownBy(() -> KeyPairFile.write(directory.resolve("no/where"), pair, false))
                .hasMessage(directory.resolve("no/where") + ": there is no such directory");
    }

    @Test
    void aPairThatTakesThePlaceOfAnotherFileIsOursAloneWhateverThatWas() throws Exception {
        Path file = write("not of ours");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
        CurveKeyPair pair = CurveKeyPair.generate();

        KeyPairFile.write(file, pair, true);

        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(FileState.of(file).owner()).isEqualTo(FileState.ourUser());
        assertThat(KeyPairFile.read(file)).isEqualTo(pair);
    }

    @Test
    void readsTheCertificatesOfOthersAndPairsWithoutTheirPublicHalf() throws Exception {
        CurveKeyPair pair = CurveKeyPair.generate();
        String publicKey = pair.publicKey().z85();
        String secretKey = pair.secretKeyZ85();
        String pyzmq = "#   ****  Generated on 2026-11-21 by pyzmq  ****\n\nmetadata\ncurve\n" + "    public-key = \""
                + publicKey + "\"\n    secret-key = \"" + secretKey + "\"\n";

        assertThat(KeyPairFile.read(secret(pyzmq))).isEqualTo(pair);
        assertThat(KeyPairFile.read(secret("secret-key='" + secretKey + "'"))).isEqualTo(pair);
        assertThat(KeyPairFile.read(secret("secret-key = " + secretKey))).isEqualTo(pair);
        assertThat(KeyPairFile.read(secret("secret-key = " + secretKey + " # of 2026")))
                .isEqualTo(pair);
        assertThat(KeyPairFile.read(secret("secret-key = \"" + secretKey + "\"   # of 2026")))
                .isEqualTo(pair);
    }

    @Test
    void saysWhatIsWrongWithAKeyPairAndNeverShowsIt() throws Exception {
        CurveKeyPair pair = CurveKeyPair.generate();
        String publicKey = "public-key = \"" + pair.publicKey().z85() + "\"\n";
        String secretKey = "secret-key = \"" + pair.secretKeyZ85() + "\"\n";

        assertWrong(publicKey, ": there is no secret-key in it; zmtp-broker keygen writes such files");
        assertWrong(
                "secret-key: " + pair.secretKeyZ85(),
                ":1: a line is 'secret-key = \"...\"', with a comment behind it at most");
        assertWrong(
                "secret-key = \"" + pair.secretKeyZ85(),
                ":1: a line is 'secret-key = \"...\"', with a comment behind it at most");
        assertWrong("curve\n" + secretKey + secretKey, ":3: secret-key stands there twice");
        assertWrong(
                secretKey.replace("\"\n", "x\"\n"), ":1: secret-key is none: key of 41 characters, it must have 40");
        assertWrong(
                "public-key = \"" + CurveKeyPair.generate().publicKey().z85() + "\"\n" + secretKey,
                ": the public key is not that of the secret one");
        Path open = secret(secretKey);
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rw-r--r--"));
        assertThatThrownBy(() -> KeyPairFile.read(open))
                .hasMessage(open + ": everybody may read this secret; chmod 600 " + open);
    }

    private void assertWrong(String text, String why) throws IOException {
        Path file = secret(text);
        assertThatThrownBy(() -> KeyPairFile.read(file))
                .isInstanceOf(CredentialFileException.class)
                .hasMessage(file + why);
    }

    private Path write(String text) throws IOException {
        return Files.writeString(directory.resolve("file"), text);
    }

    private Path secret(String text) throws IOException {
        Path file = write(text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        return file;
    }
}
