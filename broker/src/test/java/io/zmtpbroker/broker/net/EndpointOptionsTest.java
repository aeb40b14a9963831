package io.zmtpbroker.broker.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zmtpbroker.broker.access.Mechanism;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class EndpointOptionsTest {

    @Test
    void haveDefaults() {
        assertThat(EndpointOptions.DEFAULT.service()).isEmpty();
        assertThat(EndpointOptions.DEFAULT.dialect()).isEqualTo(EndpointDialect.AUTO);
        assertThat(EndpointOptions.DEFAULT.duplicate()).isEqualTo(EndpointDuplicate.HANDOVER);
        assertThat(EndpointOptions.DEFAULT.connect()).isFalse();
        assertThat(EndpointOptions.DEFAULT.mode()).isEmpty();
        assertThat(EndpointOptions.DEFAULT.mechanism()).isEmpty();
        assertThat(EndpointOptions.DEFAULT.legacy()).isEqualTo(Zmtp20.AUTO);
    }

    @Test
    void nameAMechanismForAnyRole() {
        EndpointOptions options = EndpointOptions.parse("mechanism=curve&connect");

        assertThat(options.mechanism()).contains(Mechanism.CURVE);
        for (EndpointRole role : EndpointRole.values()) {
            assertThatCode(() -> options.checkFit(role)).doesNotThrowAnyException();
        }
    }

    @Test
    void areReadFromAQuery() {
        EndpointOptions options =
                EndpointOptions.parse("mode=0640&service=a=b&connect&duplicate=refuse&dialect=majordomo");

        assertThat(options.service()).isEqualTo("a=b");
        assertThat(options.dialect()).isEqualTo(EndpointDialect.MAJORDOMO);
        assertThat(options.duplicate()).isEqualTo(EndpointDuplicate.REFUSE);
        assertThat(options.connect()).isTrue();
        assertThat(options.mode()).hasValue(0640);
    }

    @ParameterizedTest
    @CsvSource({"000, 0", "0777, 511", "777, 511", "600, 384"})
    void readPermissionsAsOctal(String text, int mode) {
        assertThat(EndpointOptions.parse("mode=" + text).mode()).hasValue(mode);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "colour=red | 'colour' is no option of an endpoint; there are service, dialect, ",
                "SERVICE=a | 'SERVICE' is no option of an endpoint",
                "service | service needs a value",
                "service= | service needs a value",
                "service=a&service=b | service stands there twice",
                "connect&connect | connect stands there twice",
                "connect= | connect takes no value",
                "connect=yes | connect takes no value",
                "service=a& | ' is no option of an endpoint",
                "& | ' is no option of an endpoint",
                "dialect=zap | dialect 'zap' is none of auto, plain, fetch, lb, pirate, majordomo, rep, dealer",
                "dialect=REP | dialect 'REP' is none of",
                "duplicate=maybe | duplicate 'maybe' is none of handover, refuse",
                "mechanism=gssapi | mechanism 'gssapi' is none of null, plain, curve",
                "mechanism=CURVE | mechanism 'CURVE' is none of",
                "mode=8 | mode '8' is not octal from 000 to 0777",
                "mode=0678 | mode '0678' is not octal",
                "mode=1777 | mode '1777' is not octal",
                "mode=66 | mode '66' is not octal",
                "mode=rw- | mode 'rw-' is not octal",
                "legacy=1.0 | legacy '1.0' is none of auto, 2.0, off",
                "legacy | legacy needs a value",
            })
    void refuseWhatIsNotKnown(String query, String why) {
        assertThatThrownBy(() -> EndpointOptions.parse(query))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(why);
    }

    @ParameterizedTest
    @CsvSource({
        "CLIENTS, service=a&dialect=plain&duplicate=refuse&connect&mode=600",
        "CLIENTS, dialect=majordomo",
        "WORKERS, service=a&dialect=fetch&connect&mode=600",
        "WORKERS, dialect=lb",
        "WORKERS, dialect=pirate",
        "WORKERS, dialect=majordomo",
        "WORKERS, dialect=rep",
        "WORKERS, dialect=dealer",
        "ANSWERS, connect&mode=600&legacy=off",
    })
    void fitARole(EndpointRole role, String query) {
        assertThatCode(() -> EndpointOptions.parse(query).checkFit(role)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "CLIENTS | dialect=fetch | dialect 'fetch' does not fit clients, which may have auto, plain, majordomo",
                "CLIENTS | dialect=rep | dialect 'rep' does not fit clients",
                "WORKERS | dialect=plain | "
                        + "dialect 'plain' does not fit workers, which may have auto, fetch, lb, pirate, majordomo, rep, dealer",
                "WORKERS | duplicate=handover | duplicate means nothing for workers",
                "ANSWERS | service=a | service means nothing for answers",
                "ANSWERS | dialect=auto | dialect means nothing for answers",
                "ANSWERS | duplicate=refuse | duplicate means nothing for answers",
            })
    void areRefusedWhereTheyDoNotFitTheRole(EndpointRole role, String query, String why) {
        Endpoint endpoint = Endpoint.parse("tcp://h:1?" + query);

        assertThatThrownBy(() -> endpoint.checkFit(role))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("'" + endpoint + "' cannot be an endpoint of " + role.label() + ": ")
                .hasMessageContaining(why);
    }

    @ParameterizedTest
    @EnumSource
    void fitEveryRoleByDefault(EndpointRole role) {
        assertThatCode(() -> EndpointOptions.DEFAULT.checkFit(role)).doesNotThrowAnyException();
    }

    @Test
    void areTheSameWhateverTheOrderOfTheirKeys() {
        assertThat(EndpointOptions.parse("service=a&connect")).isEqualTo(EndpointOptions.parse("connect&service=a"));
        assertThat(EndpointOptions.parse("service=a")).isNotEqualTo(EndpointOptions.DEFAULT);
    }
}
