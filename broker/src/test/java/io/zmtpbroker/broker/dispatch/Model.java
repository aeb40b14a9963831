package io.zmtpbroker.broker.dispatch;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a dispatcher should do, said in the plainest way: lists that are searched, nothing that is fast. It writes the same
 * sentences for its effects as {@link Scene} does.
 */
final class Model {

    final List<String> effects = new ArrayList<>();
    final List<String> forgotten = new ArrayList<>();
    final ModelBooks books;

    private final DispatchConfig config;
    private final ModelLine line = new ModelLine();
    private final ModelQuotas quotas;
    private final ModelIntake intake;
    private final List<Helper> idle = new ArrayList<>();
    private boolean stopped;
    private boolean failing;

    Model(DispatchConfig config) {
        this.config = config;
        books = new ModelBooks(config);
        quotas = new ModelQuotas(books, line);
        intake = new ModelIntake(config.maxQueuedOctets(), effects);
    }

    void request(int number, Asker asker, String service, int octets, long now) {
        asker.forgotten = false;
        if (failing) {
            refuse(new Asked(number, asker, service, octets));
        } else if (!asker.gone || asker.policy == GonePolicy.RUN) {
            Asked asked = new Asked(number, asker, service, octets);
            books.open.put(number, asked);
            waitLast(asked, now);
            match(service, now);
        }
        endEvent();
    }

    void ready(Helper helper, int credit, long now) {
        if (!helper.gone) {
            helper.credit += credit;
            if (!idle.contains(helper)) {
                idle.add(helper);
            }
            match(helper.service, now);
        }
        endEvent();
    }

    AnswerResult answer(@Nullable Helper helper, Principal principal, int number, long now) {
        AnswerResult result = answer(helper, principal, number);
        matchRelieved(now);
        endEvent();
        return result;
    }

    private AnswerResult answer(@Nullable Helper helper, Principal principal, int number) {
        Asked asked = books.open.get(number);
        if (asked != null && !asked.takers.contains(principal)) {
            return AnswerResult.NOT_THEIRS;
        }
        if (asked == null || asked.isClosedTo(helper)) {
            return AnswerResult.UNKNOWN;
        }
        boolean late = !asked.runs();
        end(asked);
        if (!asked.asker.gone) {
            effects.add(asked.asker.name + " gets R" + number + " for " + asked);
        }
        if (asked.asker.gone) {
            return AnswerResult.CLIENT_GONE;
        }
        return late ? AnswerResult.LATE : AnswerResult.ANSWERED;
    }

    void written(Helper helper) {
        helper.held.forEach(asked -> asked.written = true);
    }

    PartialResult partial(Helper helper, int number, String part, long now) {
        Asked asked = books.open.get(number);
        if (asked != null && !asked.takers.contains(helper.principal)) {
            return PartialResult.NOT_THEIRS;
        }
        if (asked == null || asked.isClosedTo(helper)) {
            return PartialResult.UNKNOWN;
        }
        if (asked.heldBy == helper && asked.hasDeadline) {
            books.setDeadline(asked, now + config.attemptTimeoutNanos());
        }
        if (asked.asker.gone) {
            asked.partLost = true;
            return PartialResult.CLIENT_GONE;
        }
        if (!asked.asker.takesParts || !asked.isAttemptOf(helper)) {
            return PartialResult.GATHER;
        }
        asked.streaming = true;
        effects.add(asked.asker.name + " hears " + part + " of " + asked);
        return PartialResult.DELIVERED;
    }

    boolean returned(Helper helper, int number, long now) {
        Asked asked = books.open.get(number);
        if (asked == null || !asked.isAttemptOf(helper)) {
            return false;
        }
        boolean takenBack = takeBack(asked);
        match(helper.service, now);
        endEvent();
        return takenBack;
    }

    boolean returnUnlessAnswered(Helper helper, int number, long now) {
        Asked asked = books.open.get(number);
        if (asked == null || !asked.isAttemptOf(helper)) {
            return false;
        }
        if (config.workerGraceNanos() == 0) {
            takeBack(asked);
        } else {
            if (asked.heldBy != null) {
                beginGrace(asked, now);
            }
            asked.returning = true;
        }
        match(helper.service, now);
        endEvent();
        return true;
    }

    void workerGone(Helper helper, long now) {
        depart(helper, helper.kind == WorkerKind.ANSWERS_ELSEWHERE && config.workerGraceNanos() > 0, now);
    }

    void workerLeft(Helper helper, long now) {
        depart(helper, false, now);
    }

    private void depart(Helper helper, boolean grace, long now) {
        if (!helper.gone) {
            helper.gone = true;
            if (!books.isOffered(helper.service)) {
                books.unofferedSince.put(helper.service, now);
            }
        }
        helper.credit = 0;
        idle.remove(helper);
        List<Asked> unwritten =
                helper.held.stream().filter(asked -> !asked.written).toList();
        List<Asked> written =
                helper.held.stream().filter(asked -> asked.written).toList();
        for (int i = unwritten.size() - 1; i >= 0; i--) {
            takeBack(unwritten.get(i));
        }
        for (Asked asked : written) {
            if (grace) {
                beginGrace(asked, now);
            } else {
                failAttempt(asked, now);
            }
        }
        match(helper.service, now);
        endEvent();
    }

    void clientBack(Asker asker) {
        if (asker.gone) {
            asker.gone = false;
            asker.forgotten = false;
            for (Asked asked : books.openOf(asker)) {
                if (asked.streaming || asked.partLost) {
                    end(asked);
                    refuse(asked);
                }
            }
        }
        endEvent();
    }

    void clientGone(Asker asker, long now) {
        asker.gone = true;
        if (asker.policy == GonePolicy.DROP) {
            books.openOf(asker).forEach(this::end);
        }
        asker.blocked = false;
        quotas.openLanes(asker);
        asker.maxOut = Integer.MAX_VALUE;
        quotas.relieve(asker);
        matchLanes(asker, now);
        matchRelieved(now);
        endEvent();
    }

    void limited(Asker asker, int maxOut, long now) {
        if (!asker.gone) {
            asker.maxOut = maxOut;
            quotas.relieve(asker);
            matchRelieved(now);
        }
    }

    void blocked(Asker asker) {
        if (!asker.gone) {
            asker.blocked = true;
            line.block(asker);
        }
    }

    void unblocked(Asker asker, long now) {
        asker.blocked = false;
        quotas.openLanes(asker);
        matchLanes(asker, now);
        matchRelieved(now);
        endEvent();
    }

    private void matchRelieved(long now) {
        for (Asker asker = quotas.nextRelieved(); asker != null; asker = quotas.nextRelieved()) {
            matchLanes(asker, now);
        }
    }

    private void matchLanes(Asker asker, long now) {
        List.copyOf(asker.setAside.keySet()).forEach(service -> matchOne(service, now));
    }

    void tick(long now) {
        while (true) {
            Asked due = books.due(now);
            if (due == null) {
                break;
            }
            if (due.returning) {
                takeBack(due);
            } else {
                failAttempt(due, now);
            }
            match(due.service, now);
        }
        for (Asked asked : line.all()) {
            Long expiry = books.waitExpiry(asked);
            if (expiry != null && expiry - now <= 0) {
                end(asked);
                refuse(asked);
            }
        }
        endEvent();
    }

    void stopAssigning() {
        stopped = true;
    }

    void failAll() {
        stopped = true;
        failing = true;
        for (Asker asker : books.askers) {
            for (Asked asked : books.openOf(asker)) {
                end(asked);
                refuse(asked);
            }
        }
        quotas.forgetRelieved();
        endEvent();
    }

    /** A worker has come: each client may have one more out. */
    void workerCame() {
        quotas.relieveAll();
    }

    DispatchSnapshot snapshot() {
        return books.snapshot(line, idle.size());
    }

    private void match(String service, long now) {
        matchOne(service, now);
        matchRelieved(now);
    }

    private void matchOne(String service, long now) {
        while (!stopped) {
            Helper helper = idle.stream()
                    .filter(h -> h.service.equals(service))
                    .findFirst()
                    .orElse(null);
            Asked next = helper == null ? null : line.next(service);
            if (helper == null || next == null) {
                return;
            }
            if (next.asker.isHeldBack()) {
                line.setAside(next);
            } else if (quotas.isUsedUp(next.asker, helper)) {
                quotas.hold(next.asker);
            } else {
                line.take(next);
                assign(next, helper, now);
            }
        }
    }

    private void assign(Asked asked, Helper helper, long now) {
        helper.credit--;
        idle.remove(helper);
        if (helper.credit > 0) {
            idle.add(helper);
        }
        helper.held.add(asked);
        asked.heldBy = helper;
        asked.written = false;
        asked.attempts++;
        asked.takers.add(helper.principal);
        if (config.attemptTimeoutNanos() > 0) {
            books.setDeadline(asked, now + config.attemptTimeoutNanos());
        }
        effects.add(helper.name + " takes " + asked);
    }

    private void stopAttempt(Asked asked) {
        boolean wasOutElsewhere = asked.isOutElsewhere();
        if (asked.heldBy != null) {
            asked.heldBy.held.remove(asked);
        }
        asked.stop();
        if (wasOutElsewhere) {
            quotas.relieve(asked.asker);
        }
    }

    private void beginGrace(Asked asked, long now) {
        Helper helper = asked.heldBy;
        long end = now + config.workerGraceNanos();
        if (asked.hasDeadline && asked.deadline - end < 0) {
            end = asked.deadline;
        }
        stopAttempt(asked);
        asked.inGraceOf = helper;
        books.setDeadline(asked, end);
    }

    /** Puts it back to the front at no cost, unless its client has heard a part of the answer. */
    private boolean takeBack(Asked asked) {
        if (asked.streaming) {
            end(asked);
            refuse(asked);
            return false;
        }
        stopAttempt(asked);
        asked.attempts--;
        line.addFirst(asked);
        return true;
    }

    private void failAttempt(Asked asked, long now) {
        if (asked.streaming || (config.maxAttempts() > 0 && asked.attempts >= config.maxAttempts())) {
            end(asked);
            refuse(asked);
        } else {
            stopAttempt(asked);
            waitLast(asked, now);
        }
    }

    private void waitLast(Asked asked, long now) {
        asked.waitingSince = now;
        line.addLast(asked);
    }

    private void end(Asked asked) {
        books.open.remove(asked.number);
        stopAttempt(asked);
        line.remove(asked);
    }

    private void refuse(Asked asked) {
        if (!asked.asker.gone) {
            effects.add(asked.asker.name + " is refused " + asked);
        }
    }

    private void endEvent() {
        for (Asker asker : books.askers) {
            if (asker.gone && !asker.forgotten && books.openOf(asker).isEmpty()) {
                asker.forgotten = true;
                forgotten.add(asker.name);
            }
        }
        intake.update(books.octets());
    }
}
