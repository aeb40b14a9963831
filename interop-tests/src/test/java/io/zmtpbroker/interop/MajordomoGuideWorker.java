package io.zmtpbroker.interop;

import java.time.Duration;
import java.util.function.UnaryOperator;
import org.zeromq.SocketType;

/** Majordomo 0.1 (7/MDP) and 0.2 (18/MDP), with the guide's intervals. */
final class MajordomoGuideWorker extends HeartbeatingGuideWorker {
    private static final Duration INTERVAL = Duration.ofMillis(2500);
    private static final Message READY = Message.of("\u0001");
    private static final Message REQUEST = Message.of("\u0002");
    private static final Message PARTIAL = Message.of("\u0003");

    private final Peers peers;
    private final GuideWorkerPlan plan;
    private final Message header;

    MajordomoGuideWorker(Peers peers, GuideWorkerPlan plan) {
        super(INTERVAL, heartbeat(plan.protocol()).behind(header(plan.protocol())), open(peers, plan));
        this.peers = peers;
        this.plan = plan;
        header = header(plan.protocol());
    }

    static Message header(WorkerProtocol protocol) {
        return protocol == WorkerProtocol.MDP01 ? Message.of("", "MDPW01") : Message.of("MDPW02");
    }

    static Message reply(WorkerProtocol protocol) {
        return Message.of(protocol == WorkerProtocol.MDP01 ? "\u0003" : "\u0004");
    }

    static Message heartbeat(WorkerProtocol protocol) {
        return Message.of(protocol == WorkerProtocol.MDP01 ? "\u0004" : "\u0005");
    }

    static Message disconnect(WorkerProtocol protocol) {
        return Message.of(protocol == WorkerProtocol.MDP01 ? "\u0005" : "\u0006");
    }

    /** READY for a service. */
    static Message ready(WorkerProtocol protocol, String service) {
        return Message.of(service).behind(READY).behind(header(protocol));
    }

    private static PeerSocket open(Peers peers, GuideWorkerPlan plan) {
        PeerSocket socket = peers.open(SocketSpec.of(SocketType.DEALER, plan.workers()));
        socket.send(ready(plan.protocol(), plan.service()));
        return socket;
    }

    @Override
    PeerSocket open() {
        return open(peers, plan);
    }

    @Override
    Duration backOff() {
        return INTERVAL;
    }

    @Override
    boolean heard(Message message, UnaryOperator<Message> work) {
        if (!message.until(header.size()).equals(header)) {
            throw new AssertionError("a Majordomo worker does not understand " + message);
        }
        Message command = message.from(header.size()).until(1);
        Message arguments = message.from(header.size() + 1);
        if (command.equals(REQUEST)) {
            work(arguments.until(2), arguments.from(2), work);
            return true;
        }
        if (command.equals(disconnect(plan.protocol()))) {
            comeAgain();
        } else if (!command.equals(heartbeat(plan.protocol()))) {
            throw new AssertionError("a Majordomo worker does not understand " + message);
        }
        return false;
    }

    private void work(Message key, Message body, UnaryOperator<Message> work) {
        if (plan.protocol() == WorkerProtocol.MDP02) {
            for (int part = 0; part < JeroMqGuideWorkers.parts(body); part++) {
                send(Message.of("part " + part).behind(key).behind(PARTIAL).behind(header));
            }
        }
        send(work.apply(body).behind(key).behind(reply(plan.protocol())).behind(header));
    }

    @Override
    public void close() {
        send(disconnect(plan.protocol()).behind(header));
        super.close();
    }
}
