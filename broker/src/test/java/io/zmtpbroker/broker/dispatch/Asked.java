package io.zmtpbroker.broker.dispatch;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A request of a {@link Model} that has not ended. */
final class Asked {
    final int number;
    final Asker asker;
    final String service;
    final int octets;
    int attempts;
    final List<Principal> takers = new ArrayList<>();

    @Nullable
    Helper heldBy;

    @Nullable
    Helper inGraceOf;

    boolean written;
    boolean returning;
    boolean streaming;
    boolean partLost;
    long waitingSince;
    boolean hasDeadline;
    long deadline;
    int deadlineEntry;

    Asked(int number, Asker asker, String service, int octets) {
        this.number = number;
        this.asker = asker;
        this.service = service;
        this.octets = octets;
    }

    boolean runs() {
        return heldBy != null || inGraceOf != null;
    }

    boolean isOutElsewhere() {
        return heldBy != null && heldBy.kind == WorkerKind.ANSWERS_ELSEWHERE;
    }

    boolean isAttemptOf(@Nullable Helper helper) {
        return helper != null && (heldBy == helper || inGraceOf == helper);
    }

    boolean isClosedTo(@Nullable Helper helper) {
        return streaming && !isAttemptOf(helper);
    }

    /** Nobody has it any more. */
    void stop() {
        heldBy = null;
        inGraceOf = null;
        returning = false;
        hasDeadline = false;
    }

    @Override
    public String toString() {
        return "r" + number;
    }
}
