package io.zmtpbroker.interop;

import java.util.Optional;
import java.util.function.UnaryOperator;
import org.zeromq.SocketType;

/** A worker that fetches, and answers on another connection. */
final class FetchingGuideWorker implements GuideWorker {
    private final PeerSocket fetch;
    private final PeerSocket answers;
    private final Message request;
    private final int depth;

    FetchingGuideWorker(Peers peers, GuideWorkerPlan plan, SocketType type, Message request) {
        this.request = request;
        depth = request.size() - 1;
        fetch = peers.open(SocketSpec.of(type, plan.workers()));
        // or a worker could fetch, answer and leave before its answers have a connection to leave by
        answers = peers.openConnected(SocketSpec.of(SocketType.PUSH, plan.answers()));
        fetch.send(request);
    }

    @Override
    public boolean step(UnaryOperator<Message> work) {
        Optional<Message> task = fetch.receive(LOOK_UP).map(message -> message.from(depth));
        if (task.isEmpty()) {
            return false;
        }
        answers.send(work.apply(task.get().from(1)).behind(task.get().until(1)));
        fetch.send(request);
        return true;
    }

    @Override
    public void close() {
        fetch.close();
        answers.close();
    }
}
