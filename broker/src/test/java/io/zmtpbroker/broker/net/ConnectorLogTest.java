package io.zmtpbroker.broker.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.zmtpbroker.broker.LogLines;
import org.junit.jupiter.api.Test;

class ConnectorLogTest {

    private final ConnectorLog log = new ConnectorLog(EndpointRole.WORKERS, new IpcAddress("x"), 0);

    @Test
    void tellsEachChangeOnce() {
        try (LogLines lines = new LogLines()) {
            log.down("refused", 0);
            log.down("refused", 1);
            log.up(2);
            log.down("it was closed", 3);
            log.down("refused", 4);

            assertThat(lines.with("ipc://x"))
                    .containsExactly(
                            "workers cannot connect to ipc://x, and go on trying: refused",
                            "workers connected to ipc://x",
                            "workers lost the connection to ipc://x, and go on trying: it was closed");
        }
    }

    @Test
    void tellsLittleOfAPeerThatComesAndGoesAllTheTime() {
        try (LogLines lines = new LogLines()) {
            for (int i = 0; i < 100; i++) {
                log.up(0);
                log.down("it was closed", 0);
            }
            assertThat(lines.with("ipc://x")).hasSize(ConnectorLog.BURST);

            log.up(ConnectorLog.REFILL_NANOS);

            assertThat(lines.with("194 more lines about the connection to ipc://x were left out"))
                    .hasSize(1);
            assertThat(lines.with("workers connected to ipc://x")).hasSize(ConnectorLog.BURST / 2 + 1);
        }
    }
}
