package io.zmtpbroker.zmtp.handler;

import static io.zmtpbroker.zmtp.handler.Wire.hex;
import static io.zmtpbroker.zmtp.handler.Wire.receive;
import static io.zmtpbroker.zmtp.handler.Wire.sent;

import io.zmtpbroker.zmtp.SocketType;
import io.zmtpbroker.zmtp.ZmtpHeartbeat;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A connection with heartbeats whose clock is held. Sweeps come once a second when nobody has shorter times. */
final class HeartbeatScene {
    static final ZmtpHeartbeat TEN_AND_THIRTY = ZmtpHeartbeat.every(Duration.ofSeconds(10), Duration.ofSeconds(30));
    static final int STEP = 50;
    static final int SECOND = 1000;
    static final int MINUTE = 60 * SECOND;

    /** Ours, with a TTL of fifty seconds. */
    static final String OUR_PING = hex("04 07 04 50 49 4e 47 01 f4");

    static final String NO_TTL = "04 07 04 50 49 4e 47 00 00 ";

    final Application application = new Application();
    final SlowChannel channel = new SlowChannel();

    HeartbeatScene() {
        channel.freezeTime();
    }

    /** The handshake with a DEALER of ZMTP 3.0 or 3.1. */
    void open(ZmtpHeartbeat heartbeat, int minorVersion) {
        ZmtpPipeline.accepting(ZmtpOptions.builder(SocketType.ROUTER)
                        .heartbeat(heartbeat)
                        .build())
                .install(channel.pipeline());
        channel.pipeline().addLast(application);
        String greeting = Wire.GREETING.replace("03 01", "03 0" + minorVersion);
        receive(channel, greeting + Wire.READY_DEALER);
        sent(channel);
    }

    /** Lets time pass in small steps, as it does. */
    void elapse(int millis) {
        for (int passed = 0; passed < millis; passed += STEP) {
            channel.advanceTimeBy(STEP, TimeUnit.MILLISECONDS);
            channel.runScheduledPendingTasks();
        }
    }
}
