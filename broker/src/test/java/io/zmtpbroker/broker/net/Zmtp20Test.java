package io.zmtpbroker.broker.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Zmtp20Test {

    @ParameterizedTest(name = "{0}, {1}, anybody {2}: {3}")
    @CsvSource({
        "AUTO, tcp://*:1, true, true",
        "AUTO, tcp://*:1, false, false",
        "AUTO, tcp://*:1?legacy=auto, true, true",
        "AUTO, tcp://*:1?legacy=2.0, true, true",
        "AUTO, tcp://*:1?legacy=off, true, false",
        "AUTO, tcp://*:1?legacy=off, false, false",
        "ADMITTED, tcp://*:1, true, true",
        "ADMITTED, tcp://*:1?legacy=off, true, false",
        "ADMITTED, tcp://*:1?legacy=off, false, false",
        "REFUSED, tcp://*:1, true, false",
        "REFUSED, tcp://*:1, false, false",
        "REFUSED, tcp://*:1?legacy=2.0, true, true",
    })
    void isAdmittedAsTheEndpointSaysOrElseAsIsSaidForAll(
            Zmtp20 everywhere, String endpoint, boolean anybody, boolean admitted) {
        assertThat(everywhere.isAdmittedAt(Endpoint.parse(endpoint), anybody)).isEqualTo(admitted);
    }

    @ParameterizedTest
    @CsvSource({"ADMITTED, tcp://*:1", "AUTO, tcp://*:1?legacy=2.0", "REFUSED, tcp://*:1?legacy=2.0"})
    void mustNotBeAskedForWherePeersAreAskedWhoTheyAre(Zmtp20 everywhere, String endpoint) {
        assertThatThrownBy(() -> everywhere.isAdmittedAt(Endpoint.parse(endpoint), false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + endpoint + "'")
                .hasMessageContaining("legacy=off");
    }
}
