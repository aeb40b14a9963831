package io.zmtpbroker.interop;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.zeromq.SocketType;

/** One client of a crowd: what it has open, and how its requests ended. */
final class PlannedClient {
    /** How long the library must refuse a request before the client counts as blocked. */
    private static final Duration BLOCKED = Duration.ofMillis(500);

    private final ClientPlan plan;
    private final PeerSocket socket;
    private final String name;
    private final Runnable onBlocked;
    private final String filling;

    /** When each open request was sent, in nanoseconds, by its name; oldest first. */
    private final Map<String, Long> open = new LinkedHashMap<>();

    private int sent;
    private int right;
    private int failed;
    private int wrong;
    private int surplus;
    private int reordered;
    private long slowestNanos;

    PlannedClient(ClientPlan plan, PeerSocket socket, String name, Runnable onBlocked) {
        this.plan = plan;
        this.socket = socket;
        this.name = name;
        this.onBlocked = onBlocked;
        this.filling = ".".repeat(plan.bodyOctets());
    }

    /** Goes on until every request has ended, patience has, or it is told not to. */
    ClientTally run(BooleanSupplier goOn) {
        long startNanos = System.nanoTime();
        boolean patient = true;
        while (patient && (sent < plan.requests() || !open.isEmpty()) && goOn.getAsBoolean()) {
            if (sent == plan.requests() || open.size() == plan.window()) {
                patient = take(plan.patience());
            } else if (!send(Duration.ZERO) && !take(BLOCKED) && !send(Duration.ZERO)) {
                onBlocked.run();
                patient = take(plan.patience());
            }
        }
        Duration elapsed = Duration.ofNanos(System.nanoTime() - startNanos);
        int unanswered = open.size() + plan.requests() - sent;
        return new ClientTally(
                right, failed, wrong, unanswered, surplus, reordered, Duration.ofNanos(slowestNanos), elapsed);
    }

    private boolean send(Duration limit) {
        String request = name + "-" + sent;
        Message body = Message.of(body(request));
        if (!socket.send(isReq() ? body : body.behind(Message.of(request, "")), limit)) {
            return false;
        }
        open.put(request, System.nanoTime());
        sent++;
        return true;
    }

    private boolean take(Duration limit) {
        Optional<Message> message = socket.receive(limit);
        message.ifPresent(this::count);
        return message.isPresent();
    }

    private void count(Message message) {
        String oldest = open.isEmpty() ? "" : open.keySet().iterator().next();
        String request = isReq() ? oldest : message.text(0);
        Message answer = isReq() ? message : message.from(2);
        Long sentNanos = open.remove(request);
        if (sentNanos == null) {
            surplus++;
            return;
        }
        slowestNanos = Math.max(slowestNanos, System.nanoTime() - sentNanos);
        if (!request.equals(oldest)) {
            reordered++;
        }
        if (answer.isFailure()) {
            failed++;
        } else if (answer.equals(Message.of("re:" + body(request)))) {
            right++;
        } else {
            wrong++;
        }
    }

    private String body(String request) {
        return request + filling.substring(Math.min(filling.length(), request.length()));
    }

    private boolean isReq() {
        return plan.type() == SocketType.REQ;
    }
}
