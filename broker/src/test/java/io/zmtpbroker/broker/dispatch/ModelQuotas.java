package io.zmtpbroker.broker.dispatch;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How many tasks of each client of a {@link Model} are out elsewhere at once, and who is held back for it. */
final class ModelQuotas {

    private final ModelBooks books;
    private final ModelLine line;
    private final List<Asker> full = new ArrayList<>();
    private final List<Asker> relieved = new ArrayList<>();

    ModelQuotas(ModelBooks books, ModelLine line) {
        this.books = books;
        this.line = line;
    }

    /** Whether this worker may be given no more of this client. */
    boolean isUsedUp(Asker asker, Helper helper) {
        long out = books.openOf(asker).stream().filter(Asked::isOutElsewhere).count();
        return helper.kind == WorkerKind.ANSWERS_ELSEWHERE
                && out >= Math.max(asker.maxOut, books.offering(helper.service));
    }

    void hold(Asker asker) {
        asker.full = true;
        full.add(asker);
        line.block(asker);
    }

    /** It may have one more out, if it was held back for that. */
    void relieve(Asker asker) {
        if (asker.full) {
            asker.full = false;
            full.remove(asker);
            relieved.add(asker);
            openLanes(asker);
        }
    }

    void relieveAll() {
        List.copyOf(full).forEach(this::relieve);
    }

    /** One that was relieved, and is not asked for again; null if there is none. */
    @Nullable
    Asker nextRelieved() {
        return relieved.isEmpty() ? null : relieved.remove(0);
    }

    void forgetRelieved() {
        relieved.clear();
    }

    /** What is set aside of it gets its turn, unless it is held back. */
    void openLanes(Asker asker) {
        if (!asker.isHeldBack()) {
            line.unblock(asker);
        }
    }
}
