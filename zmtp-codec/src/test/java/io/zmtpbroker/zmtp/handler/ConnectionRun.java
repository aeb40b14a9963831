package io.zmtpbroker.zmtp.handler;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import io.zmtpbroker.zmtp.testing.TrackingAllocator;
import java.util.List;
import java.util.function.BooleanSupplier;

/** A connection that is fed whatever a fuzzer likes, from its first octet to its end. */
final class ConnectionRun {
    /** Handlers hold a little themselves, and what is written is here until it is looked at. */
    private static final int SPARE_OCTETS = 4096;

    private ConnectionRun() {}

    /**
     * What came of it.
     *
     * @param sent in hexadecimal
     */
    record Outcome(String sent, List<String> events, boolean open) {
        /** Nothing was thrown but one violation where it is closed, and none where it is not. */
        private void assertSound() {
            assertThat(events).allMatch(event -> !event.startsWith("exception"));
            long violations = events.stream()
                    .filter(event -> event.startsWith("violation"))
                    .count();
            assertThat(violations).isEqualTo(open ? 0 : 1);
        }

        /** The same octets in other pieces come to the same. */
        void assertAlike(Outcome whole) {
            assertThat(events).isEqualTo(whole.events);
            assertThat(open).isEqualTo(whole.open);
            if (open) {
                assertThat(sent).isEqualTo(whole.sent);
            } else { // the answer to a PING does not leave when the rest of the same read breaks a rule
                assertThat(sent).startsWith(whole.sent);
            }
        }
    }

    /** Feeds a connection these pieces, one in each turn of its loop. */
    static Outcome of(ZmtpPipeline pipeline, List<byte[]> pieces) {
        return of(pipeline, pieces, () -> false);
    }

    /**
     * Feeds a connection these pieces, one in each turn of its loop.
     *
     * @param turn does what others do meanwhile, and says whether there is more to do: after the last piece there are turns until
     *     there is not
     */
    static Outcome of(ZmtpPipeline pipeline, List<byte[]> pieces, BooleanSupplier turn) {
        TrackingAllocator allocator = new TrackingAllocator();
        EmbeddedChannel channel = new EmbeddedChannel();
        channel.config().setAllocator(allocator);
        channel.freezeTime();
        Application application = new Application();
        pipeline.install(channel.pipeline());
        channel.pipeline().addLast(application);
        StringBuilder sent = new StringBuilder(Wire.sent(channel));
        int fed = 0;
        boolean more = false;
        for (byte[] piece : pieces) {
            fed += piece.length;
            channel.pipeline().fireChannelRead(allocator.read(piece)).fireChannelReadComplete();
            channel.runPendingTasks();
            more = turn.getAsBoolean();
            sent.append(Wire.sent(channel));
            assertThat(allocator.liveOctets()).isLessThanOrEqualTo(2L * fed + SPARE_OCTETS);
        }
        while (more) {
            channel.runPendingTasks();
            more = turn.getAsBoolean();
        }
        channel.runPendingTasks();
        sent.append(Wire.sent(channel));
        boolean open = channel.isOpen();
        List<String> events = List.copyOf(application.events);
        channel.finishAndReleaseAll();
        allocator.requireAllReleased();
        Outcome outcome = new Outcome(sent.toString(), events, open);
        outcome.assertSound();
        return outcome;
    }
}
