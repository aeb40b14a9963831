package io.zmtpbroker.interop;

import java.time.Duration;
import java.util.Optional;
import org.zeromq.SocketType;

/** A worker of the three-endpoint kind: fetches with REQ and pushes its answers on another connection. */
final class FetchWorker implements Worker {
    private static final Message FETCH = Message.of("requesting task");

    private final PeerSocket fetch;
    private final PeerSocket answers;

    FetchWorker(Peers peers, BrokerProcess broker) {
        fetch = peers.open(SocketSpec.of(SocketType.REQ, broker.workers()));
        answers = peers.open(SocketSpec.of(SocketType.PUSH, broker.answers()));
    }

    @Override
    public void ready() {
        fetch.send(FETCH);
    }

    @Override
    public Optional<Task> task(Duration limit) {
        return fetch.receive(limit).map(message -> new Task(message.until(1), message.from(1)));
    }

    @Override
    public void answer(Task task, Message answer) {
        answers.send(answer.behind(task.key()));
    }

    @Override
    public void close() {
        fetch.close();
        answers.close();
    }
}
