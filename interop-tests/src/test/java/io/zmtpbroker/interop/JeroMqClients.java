package io.zmtpbroker.interop;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.zeromq.SocketType;

/** A crowd of JeroMQ clients, each with a context and a thread of its own. */
final class JeroMqClients implements RunningClients {
    private final Crowd<ClientTally> crowd = new Crowd<>();

    JeroMqClients(ClientPlan plan, BrokerProcess broker) {
        for (int number = 0; number < plan.clients(); number++) {
            String name = "jeromq" + number;
            crowd.add(() -> {
                try (Peers peers = new JeroMqPeers()) {
                    return new OneClient(plan, peers.open(SocketSpec.of(plan.type(), broker.clients())), name, crowd)
                            .run();
                }
            });
        }
    }

    @Override
    public ClientTally await() {
        return crowd.await(Limits.CROWD).stream().reduce(ClientTally.NONE, ClientTally::plus);
    }

    @Override
    public void close() {
        crowd.close();
    }

    /** One client of the crowd: what it has open, and how its requests ended. */
    private static final class OneClient {
        private static final Message EMPTY = Message.of("");

        private final ClientPlan plan;
        private final PeerSocket socket;
        private final String name;
        private final Crowd<ClientTally> crowd;

        /** When each open request was sent, in nanoseconds, by its name. */
        private final Map<String, Long> open = new LinkedHashMap<>();

        private ClientTally tally = ClientTally.NONE;

        OneClient(ClientPlan plan, PeerSocket socket, String name, Crowd<ClientTally> crowd) {
            this.plan = plan;
            this.socket = socket;
            this.name = name;
            this.crowd = crowd;
        }

        ClientTally run() {
            long startNanos = System.nanoTime();
            int sent = 0;
            while ((sent < plan.requests() || !open.isEmpty()) && !crowd.isStopping()) {
                if (sent < plan.requests() && open.size() < plan.window()) {
                    send(name + "-" + sent++);
                    continue;
                }
                Optional<Message> answer = socket.receive(plan.patience());
                if (answer.isEmpty()) {
                    return tally.plus(unanswered(open.size() + plan.requests() - sent));
                }
                take(answer.get());
            }
            return tally.plus(elapsed(Duration.ofNanos(System.nanoTime() - startNanos)));
        }

        private void send(String request) {
            open.put(request, System.nanoTime());
            Message body = Message.ofOctets(body(request));
            socket.send(isReq() ? body : body.behind(Message.of(request, "")));
        }

        private void take(Message message) {
            String request = isReq() ? open.keySet().iterator().next() : message.text(0);
            Message answer = isReq() ? message : message.from(2);
            Long sentNanos = open.remove(request);
            if (sentNanos == null) {
                tally = tally.plus(new ClientTally(0, 0, 0, 0, 1, Duration.ZERO, Duration.ZERO));
                return;
            }
            boolean failed = answer.equals(EMPTY);
            boolean right = !failed && isAnswerTo(request, answer);
            Duration took = Duration.ofNanos(System.nanoTime() - sentNanos);
            tally = tally.plus(
                    new ClientTally(right ? 1 : 0, failed ? 1 : 0, right || failed ? 0 : 1, 0, 0, took, Duration.ZERO));
        }

        private boolean isAnswerTo(String request, Message answer) {
            byte[] expected = ("re:" + new String(body(request), UTF_8)).getBytes(UTF_8);
            byte[] actual = answer.frame(0);
            return answer.size() == 1
                    && actual.length >= expected.length
                    && Arrays.equals(actual, 0, expected.length, expected, 0, expected.length);
        }

        private byte[] body(String request) {
            String filling = ".".repeat(Math.max(0, plan.bodyOctets() - request.length()));
            return (request + filling).getBytes(UTF_8);
        }

        private boolean isReq() {
            return plan.type() == SocketType.REQ;
        }

        private static ClientTally unanswered(int requests) {
            return new ClientTally(0, 0, 0, requests, 0, Duration.ZERO, Duration.ZERO);
        }

        private static ClientTally elapsed(Duration elapsed) {
            return new ClientTally(0, 0, 0, 0, 0, Duration.ZERO, elapsed);
        }
    }
}
