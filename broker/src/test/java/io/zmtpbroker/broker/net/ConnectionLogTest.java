package io.zmtpbroker.broker.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.zmtpbroker.broker.LogLines;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ConnectionLogTest {
    private static final InetSocketAddress PEER = new InetSocketAddress("192.0.2.7", 4711);
    private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final ConnectionLog log = new ConnectionLog();

    @Test
    void saysWhoWasRefusedAndWhy() {
        try (LogLines lines = new LogLines()) {
            refuse(1, 0);
            log.refused(null, EndpointRole.WORKERS, "there are too many", 0);

            assertThat(lines.with("there are too many"))
                    .containsExactly(
                            "refused a connection of /192.0.2.7:4711 for clients: there are too many",
                            "refused a connection of a Unix socket for workers: there are too many");
        }
    }

    @Test
    void saysSoMuchInASecondAndThenHowMuchWasLeftOut() {
        try (LogLines lines = new LogLines()) {
            refuse(ConnectionLog.LINES_PER_SECOND + 90, 0);
            refuse(1, SECOND_NANOS - 1);
            assertThat(lines.with("192.0.2.7")).hasSize(ConnectionLog.LINES_PER_SECOND);

            refuse(1, SECOND_NANOS);

            assertThat(lines.with("192.0.2.7")).hasSize(ConnectionLog.LINES_PER_SECOND + 1);
            assertThat(lines.with("left out")).containsExactly("91 more lines about closed connections were left out");
        }
    }

    @Test
    void beginsASecondAnewAlsoWhereTheClockRunsOver() {
        try (LogLines lines = new LogLines()) {
            refuse(ConnectionLog.LINES_PER_SECOND, Long.MAX_VALUE);
            refuse(1, Long.MIN_VALUE + SECOND_NANOS);

            assertThat(lines.with("192.0.2.7")).hasSize(ConnectionLog.LINES_PER_SECOND + 1);
        }
    }

    private void refuse(int times, long nowNanos) {
        for (int i = 0; i < times; i++) {
            log.refused(PEER, EndpointRole.CLIENTS, "there are too many", nowNanos);
        }
    }
}
