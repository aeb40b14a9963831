package io.zmtpbroker.interop;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.zeromq.SocketType;

/** A good client that comes and goes, and looks at every answer. Confined to one thread. */
final class SoakClient {
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final int MOST_REQUESTS = 60;
    private static final int WINDOW = 8;
    private static final int LONGEST = 3000;
    private static final Message DELIMITER = Message.of("");

    private final Peers peers;
    private final SocketSpec spec;
    private final SplittableRandom random;
    private final Message front;
    private final Map<Integer, Message> open = new HashMap<>();
    private int asked;

    SoakClient(Peers peers, SocketSpec spec, SplittableRandom random) {
        this.peers = peers;
        this.spec = spec;
        this.random = random;
        this.front = spec.type() == SocketType.REQ ? Message.of() : DELIMITER;
    }

    /** Goes on until it is told to stop; adds to {@code answered} for each right answer. */
    int run(BooleanSupplier stopping, AtomicLong answered) {
        while (!stopping.getAsBoolean()) {
            try (PeerSocket socket = peers.open(spec)) {
                int last = asked + random.nextInt(1, MOST_REQUESTS);
                while (asked < last && !stopping.getAsBoolean()) {
                    askSome(socket, answered);
                }
            }
        }
        return asked;
    }

    private void askSome(PeerSocket socket, AtomicLong answered) {
        int window = spec.type() == SocketType.REQ ? 1 : random.nextInt(1, WINDOW + 1);
        for (int i = 0; i < window; i++) {
            Message request = Message.of(asked + "-" + ".".repeat(random.nextInt(LONGEST)), "second frame");
            open.put(asked++, request);
            socket.send(request.behind(front));
        }
        while (!open.isEmpty()) {
            Message answer = socket.receive(PATIENCE)
                    .orElseThrow(() -> new AssertionError(spec + ": no answer to " + open.values()))
                    .from(front.size());
            check(answer);
            answered.incrementAndGet();
        }
    }

    private void check(Message answer) {
        String text = answer.text(0);
        Message request = text.matches("re:\\d+-\\.*") ? open.remove(number(text)) : null;
        if (request == null || !answer.equals(request.from(1).behind(Message.of("re:" + request.text(0))))) {
            throw new AssertionError(spec + ": " + answer + " answers none of " + open.values());
        }
    }

    private static int number(String answer) {
        return Integer.parseInt(answer.substring("re:".length(), answer.indexOf('-')));
    }
}
