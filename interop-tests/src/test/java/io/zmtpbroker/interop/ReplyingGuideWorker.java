package io.zmtpbroker.interop;

import java.util.Optional;
import java.util.function.UnaryOperator;
import org.zeromq.SocketType;

/** A worker that replies where its task came from, with the frames in front that the task had: load balancing, REP, DEALER. */
final class ReplyingGuideWorker implements GuideWorker {
    private final PeerSocket socket;
    private final int depth;

    /**
     * A worker that is connected.
     *
     * @param ready what it says first; no frames for nothing
     * @param depth how many frames of a task its reply begins with
     */
    ReplyingGuideWorker(Peers peers, GuideWorkerPlan plan, SocketType type, Message ready, int depth) {
        this.depth = depth;
        socket = peers.open(SocketSpec.of(type, plan.workers()));
        if (ready.size() > 0) {
            socket.send(ready);
        }
    }

    @Override
    public boolean step(UnaryOperator<Message> work) {
        Optional<Message> task = socket.receive(LOOK_UP);
        task.ifPresent(message -> socket.send(work.apply(message.from(depth)).behind(message.until(depth))));
        return task.isPresent();
    }

    @Override
    public void close() {
        socket.close();
    }
}
