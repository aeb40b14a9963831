package io.zmtpbroker.interop;

import java.time.Duration;
import java.util.Optional;
import org.zeromq.SocketType;

/** A client, step by step: a REQ, or a DEALER that writes the envelope itself. Used by one thread at a time. */
final class Client implements AutoCloseable {
    private static final Message DELIMITER = Message.of("");

    private final PeerSocket socket;
    private final Message front;

    private Client(PeerSocket socket, Message front) {
        this.socket = socket;
        this.front = front;
    }

    static Client req(Peers peers, BrokerProcess broker) {
        return new Client(peers.open(SocketSpec.of(SocketType.REQ, broker.clients())), Message.of());
    }

    static Client dealer(Peers peers, BrokerProcess broker) {
        return new Client(peers.open(SocketSpec.of(SocketType.DEALER, broker.clients())), DELIMITER);
    }

    static Client of(Peers peers, BrokerProcess broker, SocketType type) {
        return type == SocketType.REQ ? req(peers, broker) : dealer(peers, broker);
    }

    void ask(Message body) {
        socket.send(body.behind(front));
    }

    Optional<Message> answer(Duration limit) {
        return socket.receive(limit).map(message -> message.from(front.size()));
    }

    Message answer() {
        return answer(Limits.SOON).orElseThrow(() -> new AssertionError("no answer within " + Limits.SOON));
    }

    @Override
    public void close() {
        socket.close();
    }
}
