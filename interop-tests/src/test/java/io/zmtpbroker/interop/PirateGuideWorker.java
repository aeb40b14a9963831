package io.zmtpbroker.interop;

import java.time.Duration;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.zeromq.SocketType;

/** Paranoid Pirate (6/PPP), with the guide's intervals: a new name for each socket, and a back-off of 1, 2, 4 ... 32 seconds. */
final class PirateGuideWorker extends HeartbeatingGuideWorker {
    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final Duration MAX_BACK_OFF = Duration.ofSeconds(32);
    private static final Message READY = Message.of("\u0001");
    private static final Message HEARTBEAT = Message.of("\u0002");
    private static final int NAMES = 0x10000;

    private final Peers peers;
    private final GuideWorkerPlan plan;
    private Duration pause = INTERVAL;

    PirateGuideWorker(Peers peers, GuideWorkerPlan plan) {
        super(INTERVAL, HEARTBEAT, open(peers, plan));
        this.peers = peers;
        this.plan = plan;
    }

    private static PeerSocket open(Peers peers, GuideWorkerPlan plan) {
        var random = new SplittableRandom();
        String name = String.format(Locale.ROOT, "%04X-%04X", random.nextInt(NAMES), random.nextInt(NAMES));
        PeerSocket socket =
                peers.open(SocketSpec.of(SocketType.DEALER, plan.workers()).with(SocketOption.IDENTITY, name));
        socket.send(READY);
        return socket;
    }

    @Override
    PeerSocket open() {
        return open(peers, plan);
    }

    @Override
    Duration backOff() {
        Duration now = pause;
        pause = pause.multipliedBy(2).compareTo(MAX_BACK_OFF) < 0 ? pause.multipliedBy(2) : MAX_BACK_OFF;
        return now;
    }

    @Override
    boolean heard(Message message, UnaryOperator<Message> work) {
        pause = INTERVAL;
        if (message.equals(HEARTBEAT)) {
            return false;
        }
        if (message.size() != 3) {
            throw new AssertionError("a Paranoid Pirate worker does not understand " + message);
        }
        send(work.apply(message.from(2)).behind(message.until(2)));
        return true;
    }
}
