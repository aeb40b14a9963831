package io.zmtpbroker.interop;

import java.time.Duration;

/**
 * How a crowd's requests ended.
 *
 * @param right the worker's answer to this very request
 * @param failed the failure answer
 * @param wrong something else: another's answer, or a damaged one
 * @param unanswered nothing within the client's patience
 * @param surplus answers to a request that had ended already
 * @param reordered answers that came before that of an earlier request of the same client
 * @param slowest the longest time from a request to its end
 * @param elapsed from the first request to the end of the last
 */
record ClientTally(
        int right,
        int failed,
        int wrong,
        int unanswered,
        int surplus,
        int reordered,
        Duration slowest,
        Duration elapsed) {
    static final ClientTally NONE = new ClientTally(0, 0, 0, 0, 0, 0, Duration.ZERO, Duration.ZERO);

    ClientTally plus(ClientTally other) {
        return new ClientTally(
                right + other.right,
                failed + other.failed,
                wrong + other.wrong,
                unanswered + other.unanswered,
                surplus + other.surplus,
                reordered + other.reordered,
                longer(slowest, other.slowest),
                longer(elapsed, other.elapsed));
    }

    /** Every one of that many requests was answered rightly, and once. */
    boolean isAllRight(int requests) {
        return right == requests && failed + wrong + unanswered + surplus == 0;
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }
}
