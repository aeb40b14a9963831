package io.zmtpbroker.broker.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** SIGHUPs that come before, and after, somebody can do something about them. */
class HangUpsTest {

    private final HangUps hangUps = new HangUps();
    private final List<String> done = new ArrayList<>();

    @Test
    void oneThatCameEarlyIsDoneOnceAsSoonAsItCanBe() {
        hangUps.arrived();
        hangUps.arrived();
        assertThat(done).isEmpty();

        hangUps.call(() -> done.add("read"));

        assertThat(done).containsExactly("read");
    }

    @Test
    void eachLaterOneIsDone() {
        hangUps.call(() -> done.add("read"));
        assertThat(done).isEmpty();

        hangUps.arrived();
        hangUps.arrived();

        assertThat(done).containsExactly("read", "read");
    }
}
