package io.zmtpbroker.interop;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Clients of JeroMQ in this process, a thread and a context for each. */
final class JeroMqGuideClients implements RunningClients {
    private final Crowd<ClientTally> crowd = new Crowd<>();
    private final GuideClientPlan plan;

    JeroMqGuideClients(GuideClientPlan plan) {
        this.plan = plan;
        for (int number = 0; number < plan.clients(); number++) {
            String name = "jeromq" + number;
            crowd.add(() -> {
                try (Peers peers = new JeroMqPeers()) {
                    return new OneClient(plan, peers, name).run();
                }
            });
        }
    }

    @Override
    public void awaitBlocked() {
        throw new UnsupportedOperationException("these are answered");
    }

    @Override
    public ClientTally await() {
        return crowd.await(Limits.CROWD).stream().reduce(ClientTally.NONE, ClientTally::plus);
    }

    @Override
    public void close() {
        crowd.close();
    }

    @Override
    public String toString() {
        return plan.toString();
    }

    private final class OneClient {
        private final GuideClientPlan plan;
        private final Peers peers;
        private final String name;
        private final Map<String, Long> open = new LinkedHashMap<>();
        private final List<byte[]> parts = new ArrayList<>();
        private PeerSocket socket;
        private int tries;
        private int sent;
        private int right;
        private int failed;
        private int wrong;
        private int surplus;
        private int reordered;
        private long slowestNanos;

        OneClient(GuideClientPlan plan, Peers peers, String name) {
            this.plan = plan;
            this.peers = peers;
            this.name = name;
            this.tries = plan.tries();
            this.socket = connect();
        }

        private PeerSocket connect() {
            return peers.open(SocketSpec.of(plan.protocol().type(), plan.endpoint()));
        }

        ClientTally run() {
            long startNanos = System.nanoTime();
            boolean patient = true;
            while (patient && (sent < plan.requests() || !open.isEmpty()) && !crowd.isStopping()) {
                if (sent < plan.requests() && open.size() < plan.window()) {
                    String body = plan.body() + name + "-" + sent++;
                    open.put(body, System.nanoTime());
                    send(body);
                } else {
                    patient = take() || tryAgain();
                }
            }
            Duration elapsed = Duration.ofNanos(System.nanoTime() - startNanos);
            int unanswered = open.size() + plan.requests() - sent;
            return new ClientTally(
                    right, failed, wrong, unanswered, surplus, reordered, Duration.ofNanos(slowestNanos), elapsed);
        }

        private void send(String body) {
            socket.send(plan.protocol().request(plan.service(), Message.of(body)));
        }

        private boolean tryAgain() {
            if (tries == 1) {
                return false;
            }
            tries--;
            socket.close();
            socket = connect();
            List.copyOf(open.keySet()).forEach(this::send);
            return true;
        }

        private boolean take() {
            Optional<Message> reply = socket.receive(plan.patience());
            reply.ifPresent(message -> {
                parts.addAll(plan.protocol().body(plan.service(), message).frames());
                if (!plan.protocol().isPartial(plan.service(), message)) {
                    count(Message.of(parts));
                    parts.clear();
                }
            });
            return reply.isPresent();
        }

        private void count(Message answer) {
            String last = answer.text(answer.size() - 1);
            String body = last.startsWith("re:") ? last.substring(3) : "";
            String oldest = open.isEmpty() ? "" : open.keySet().iterator().next();
            if (answer.isFailure()) {
                failed++;
                open.remove(oldest);
            } else if (!answer.equals(expected(body))) {
                wrong++;
                open.remove(oldest);
            } else if (open.containsKey(body)) {
                right++;
                reordered += body.equals(oldest) ? 0 : 1;
                slowestNanos = Math.max(slowestNanos, System.nanoTime() - open.remove(body));
                tries = plan.tries();
            } else {
                surplus++;
            }
        }

        private Message expected(String body) {
            int wanted = JeroMqGuideWorkers.parts(Message.of(body));
            Message front = Message.of(
                    IntStream.range(0, wanted).mapToObj(part -> "part " + part).toArray(String[]::new));
            return Message.of("re:" + body).behind(front);
        }
    }
}
