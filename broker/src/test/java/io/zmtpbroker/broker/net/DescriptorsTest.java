package io.zmtpbroker.broker.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DescriptorsTest {

    private static final String HEAD = "Limit                     Soft Limit           Hard Limit           Units";

    @ParameterizedTest
    @CsvSource({
        "unlimited, 65536",
        "1048576, 65536",
        "65601, 65536",
        "65600, 65536",
        "65599, 65535",
        "300, 236",
        "66, 2",
        "65, 1",
        "64, 1",
        "10, 1",
    })
    void connectionsLeaveSomeDescriptorsForAllElse(String limit, int connections) {
        String files = String.format("Max open files            %-21s%-21sfiles     ", limit, "1048576");
        String others = String.format("Max processes             %-21s%-21sprocesses ", "7", "7");

        assertThat(Descriptors.connections(List.of(HEAD, others, files))).isEqualTo(connections);
    }

    @Test
    void thisMachineHasSome() {
        assertThat(Descriptors.defaultMaxConnections()).isBetween(1, 65_536);
    }
}
