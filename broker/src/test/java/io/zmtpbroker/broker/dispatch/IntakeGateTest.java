package io.zmtpbroker.broker.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IntakeGateTest {

    @ParameterizedTest
    @CsvSource({"1, 0", "2, 1", "8, 7", "9, 7", "15, 13", "16, 14"})
    void resumesAtSevenEighthsRoundedDown(int limit, int resumeAt) {
        List<String> heard = new ArrayList<>();
        IntakeGate gate = new IntakeGate(recording(heard), limit);
        gate.add(limit);
        gate.update();

        gate.subtract(limit - resumeAt - 1);
        gate.update();
        assertThat(heard).containsExactly("pause");

        gate.subtract(1);
        gate.update();
        assertThat(heard).containsExactly("pause", "resume");
    }

    private static Intake recording(List<String> heard) {
        return new Intake() {
            @Override
            public void pause() {
                heard.add("pause");
            }

            @Override
            public void resume() {
                heard.add("resume");
            }
        };
    }
}
