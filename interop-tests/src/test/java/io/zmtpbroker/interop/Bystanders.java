package io.zmtpbroker.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.zmtpbroker.zmtp.testing.RawPeer;
import java.util.List;

/** A client and a worker that do nothing wrong, and must not notice what others do. */
final class Bystanders implements AutoCloseable {
    private final RawPeer client;
    private final RawPeer worker;
    private final RawPeer answers;

    Bystanders(BrokerProcess broker) {
        client = RawPeer.connect(broker.clientsPort(), "REQ");
        worker = RawPeer.connect(broker.workersPort(), "REQ");
        answers = RawPeer.connect(broker.answersPort(), "PUSH");
    }

    void assertServed() {
        client.sendMessage("", "question");
        worker.sendMessage("", "fetch");
        List<byte[]> task = worker.receive();
        answers.sendMessage(task.get(1), new byte[] {42});

        assertThat(client.receive().get(1)).containsExactly(42);
    }

    @Override
    public void close() {
        client.close();
        worker.close();
        answers.close();
    }
}
