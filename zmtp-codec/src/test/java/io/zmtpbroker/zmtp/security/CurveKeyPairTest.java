package io.zmtpbroker.zmtp.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.zmtpbroker.zmtp.testing.Hex;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CurveKeyPairTest {
    private static final String PUBLIC = "Yne@$w-vo<fVvi]a<NY6T1ed:M$fCG*[IaLV{hID";
    private static final String SECRET = "D:)Q[IlAW!ahhC2ac:9*A}h:p?([4%wOTJ%JR%cs";

    /** The pair that the manual pages of libzmq show. */
    @Test
    void readsAPairAsLibzmqWritesIt() {
        CurveKeyPair pair = CurveKeyPair.ofZ85(PUBLIC, SECRET);

        assertThat(pair.publicKey().z85()).isEqualTo(PUBLIC);
        assertThat(pair.secretKeyZ85()).isEqualTo(SECRET);
        assertThat(pair).isEqualTo(CurveKeyPair.ofZ85(SECRET)).hasSameHashCodeAs(CurveKeyPair.ofZ85(SECRET));
        assertThat(CurveKeyPair.ofSecretKey(pair.secretKey())).isEqualTo(pair);
        assertThat(CurvePublicKey.ofZ85(PUBLIC)).isEqualTo(pair.publicKey()).hasSameHashCodeAs(pair.publicKey());
    }

    @Test
    void makesAnotherPairEachTime() {
        CurveKeyPair one = CurveKeyPair.generate();
        CurveKeyPair other = CurveKeyPair.generate();

        assertThat(one).isNotEqualTo(other);
        assertThat(CurveKeyPair.ofZ85(one.publicKey().z85(), one.secretKeyZ85()))
                .isEqualTo(one);
    }

    @Test
    void showsThePublicHalfAlone() {
        CurveKeyPair pair = CurveKeyPair.ofZ85(SECRET);

        assertThat(pair).hasToString("CurveKeyPair[" + PUBLIC + "]");
        assertThat(pair.toString()).doesNotContain(SECRET).doesNotContain(Hex.of(pair.secretKey()));
        assertThat(pair.publicKey()).hasToString(PUBLIC);
    }

    @Test
    void givesOutCopies() {
        CurveKeyPair pair = CurveKeyPair.ofZ85(SECRET);
        pair.secretKey()[0] ^= 1;
        pair.publicKey().bytes()[0] ^= 1;

        assertThat(pair).isEqualTo(CurveKeyPair.ofZ85(PUBLIC, SECRET));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "D:)Q[IlAW!ahhC2ac:9*A}h:p?([4%wOTJ%JR%c",
                "D:)Q[IlAW!ahhC2ac:9*A}h:p?([4%wOTJ%JR%css",
                "D:)Q[IlAW!ahhC2ac:9*A}h:p?([4%wOTJ%JR%c ",
                "D:)Q[IlAW!ahhC2ac:9*A}h:p?([4%wOTJ%J#####"
            })
    void refusesWhatIsNoKey(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> CurveKeyPair.ofZ85(text));
        assertThatIllegalArgumentException().isThrownBy(() -> CurvePublicKey.ofZ85(text));
    }

    @Test
    void refusesOctetsThatAreNoKeyAndHalvesOfTwoPairs() {
        assertThatIllegalArgumentException().isThrownBy(() -> CurveKeyPair.ofSecretKey(new byte[31]));
        assertThatIllegalArgumentException().isThrownBy(() -> CurvePublicKey.of(new byte[33]));
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        CurveKeyPair.ofZ85(CurveKeyPair.generate().publicKey().z85(), SECRET));
    }
}
