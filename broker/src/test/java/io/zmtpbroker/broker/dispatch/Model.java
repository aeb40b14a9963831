package io.zmtpbroker.broker.dispatch;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a dispatcher should do, said in the plainest way: lists that are searched, nothing that is fast. It writes the same
 * sentences for its effects as {@link Scene} does.
 */
final class Model {

    /** A request that has not ended. */
    static final class Asked {
        final int number;
        final Asker asker;
        final String service;
        final int octets;
        int attempts;

        @Nullable
        Helper heldBy;

        boolean written;
        boolean inGrace;
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
            return heldBy != null || inGrace;
        }

        @Override
        public String toString() {
            return "r" + number;
        }
    }

    /** A client. */
    static final class Asker {
        final String name;
        final GonePolicy policy;
        final Map<String, List<Asked>> setAside = new LinkedHashMap<>();
        boolean blocked;
        boolean gone;

        Asker(String name, GonePolicy policy) {
            this.name = name;
            this.policy = policy;
        }
    }

    /** A worker. */
    static final class Helper {
        final String name;
        final String service;
        final List<Asked> held = new ArrayList<>();
        int credit;
        boolean gone;

        Helper(String name, String service) {
            this.name = name;
            this.service = service;
        }
    }

    final List<String> effects = new ArrayList<>();
    final Map<Integer, Asked> open = new LinkedHashMap<>();
    final List<Asker> askers = new ArrayList<>();
    final List<Helper> helpers = new ArrayList<>();

    private final DispatchConfig config;
    private final List<Asked> queue = new ArrayList<>();
    private final List<Helper> idle = new ArrayList<>();
    private final Map<String, List<Asker>> turns = new LinkedHashMap<>();
    private boolean paused;
    private boolean stopped;
    private boolean failing;
    private int deadlineEntries;

    Model(DispatchConfig config) {
        this.config = config;
    }

    void request(int number, Asker asker, String service, int octets, long now) {
        if (failing) {
            refuse(new Asked(number, asker, service, octets));
        } else if (!asker.gone || asker.policy == GonePolicy.RUN) {
            Asked asked = new Asked(number, asker, service, octets);
            open.put(number, asked);
            queue.add(asked);
            match(service, now);
        }
        updateIntake();
    }

    void ready(Helper helper, int credit, long now) {
        if (!helper.gone) {
            helper.credit += credit;
            if (!idle.contains(helper)) {
                idle.add(helper);
            }
            match(helper.service, now);
        }
        updateIntake();
    }

    AnswerResult answer(int number) {
        Asked asked = open.get(number);
        if (asked == null) {
            return AnswerResult.UNKNOWN;
        }
        boolean late = !asked.runs();
        end(asked);
        if (!asked.asker.gone) {
            effects.add(asked.asker.name + " gets R" + number + " for " + asked);
        }
        updateIntake();
        if (asked.asker.gone) {
            return AnswerResult.CLIENT_GONE;
        }
        return late ? AnswerResult.LATE : AnswerResult.ANSWERED;
    }

    void written(Helper helper) {
        helper.held.forEach(asked -> asked.written = true);
    }

    void workerGone(Helper helper, long now) {
        helper.gone = true;
        helper.credit = 0;
        idle.remove(helper);
        List<Asked> unwritten =
                helper.held.stream().filter(asked -> !asked.written).toList();
        List<Asked> written =
                helper.held.stream().filter(asked -> asked.written).toList();
        for (int i = unwritten.size() - 1; i >= 0; i--) {
            Asked asked = unwritten.get(i);
            stopAttempt(asked);
            asked.attempts--;
            List<Asked> aside = asked.asker.setAside.get(asked.service);
            (aside == null ? queue : aside).add(0, asked);
        }
        for (Asked asked : written) {
            if (config.workerGraceNanos() == 0) {
                failAttempt(asked);
                continue;
            }
            long end = now + config.workerGraceNanos();
            if (asked.hasDeadline && asked.deadline - end < 0) {
                end = asked.deadline;
            }
            stopAttempt(asked);
            asked.inGrace = true;
            setDeadline(asked, end);
        }
        match(helper.service, now);
        updateIntake();
    }

    void clientGone(Asker asker, long now) {
        asker.gone = true;
        if (asker.policy == GonePolicy.DROP) {
            openOf(asker).forEach(this::end);
        }
        unblocked(asker, now);
    }

    void blocked(Asker asker) {
        if (!asker.gone) {
            asker.blocked = true;
            turns.values().forEach(turn -> turn.remove(asker));
        }
    }

    void unblocked(Asker asker, long now) {
        asker.blocked = false;
        List<String> services = List.copyOf(asker.setAside.keySet());
        for (String service : services) {
            List<Asker> turn = turns.computeIfAbsent(service, s -> new ArrayList<>());
            if (!turn.contains(asker)) {
                turn.add(asker);
            }
        }
        services.forEach(service -> match(service, now));
        updateIntake();
    }

    void tick(long now) {
        while (true) {
            Asked due = open.values().stream()
                    .filter(asked -> asked.hasDeadline && asked.deadline - now <= 0)
                    .min(Comparator.<Asked>comparingLong(asked -> asked.deadline - now)
                            .thenComparingInt(asked -> asked.deadlineEntry))
                    .orElse(null);
            if (due == null) {
                break;
            }
            failAttempt(due);
            match(due.service, now);
        }
        updateIntake();
    }

    void stopAssigning() {
        stopped = true;
    }

    void failAll() {
        stopped = true;
        failing = true;
        for (Asker asker : askers) {
            for (Asked asked : openOf(asker)) {
                end(asked);
                refuse(asked);
            }
        }
        updateIntake();
    }

    private List<Asked> openOf(Asker asker) {
        return open.values().stream().filter(asked -> asked.asker == asker).toList();
    }

    DispatchSnapshot snapshot() {
        int running = (int) open.values().stream().filter(Asked::runs).count();
        int parked = (int) open.values().stream().filter(this::isSetAside).count();
        return new DispatchSnapshot(
                open.size() - running - parked,
                parked,
                running,
                octets(),
                (int) askers.stream().filter(asker -> !asker.gone).count(),
                (int) helpers.stream().filter(helper -> !helper.gone).count(),
                idle.size());
    }

    @Nullable
    Long nextDeadline(long now) {
        return open.values().stream()
                .filter(asked -> asked.hasDeadline)
                .min(Comparator.comparingLong(asked -> asked.deadline - now))
                .map(asked -> asked.deadline)
                .orElse(null);
    }

    private void match(String service, long now) {
        while (!stopped) {
            Helper helper = idle.stream()
                    .filter(h -> h.service.equals(service))
                    .findFirst()
                    .orElse(null);
            Asked next = helper == null ? null : next(service);
            if (helper == null || next == null) {
                return;
            }
            if (next.asker.blocked) {
                queue.remove(next);
                next.asker
                        .setAside
                        .computeIfAbsent(service, s -> new ArrayList<>())
                        .add(next);
                continue;
            }
            boolean wasSetAside = isSetAside(next);
            leaveLine(next);
            if (wasSetAside && next.asker.setAside.containsKey(service)) {
                List<Asker> turn = turns.getOrDefault(service, List.of());
                turn.remove(next.asker);
                turn.add(next.asker);
            }
            assign(next, helper, now);
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
        if (config.attemptTimeoutNanos() > 0) {
            setDeadline(asked, now + config.attemptTimeoutNanos());
        }
        effects.add(helper.name + " takes " + asked);
    }

    private @Nullable Asked next(String service) {
        List<Asker> turn = turns.getOrDefault(service, List.of());
        if (!turn.isEmpty()) {
            List<Asked> aside = turn.get(0).setAside.getOrDefault(service, List.of());
            return aside.get(0);
        }
        return queue.stream()
                .filter(asked -> asked.service.equals(service))
                .findFirst()
                .orElse(null);
    }

    private boolean isSetAside(Asked asked) {
        return asked.asker.setAside.getOrDefault(asked.service, List.of()).contains(asked);
    }

    private void leaveLine(Asked asked) {
        queue.remove(asked);
        List<Asked> aside = asked.asker.setAside.get(asked.service);
        if (aside != null) {
            aside.remove(asked);
            if (aside.isEmpty()) {
                asked.asker.setAside.remove(asked.service);
                turns.getOrDefault(asked.service, new ArrayList<>()).remove(asked.asker);
            }
        }
    }

    private void stopAttempt(Asked asked) {
        if (asked.heldBy != null) {
            asked.heldBy.held.remove(asked);
        }
        asked.heldBy = null;
        asked.inGrace = false;
        asked.hasDeadline = false;
    }

    private void failAttempt(Asked asked) {
        if (config.maxAttempts() > 0 && asked.attempts >= config.maxAttempts()) {
            end(asked);
            refuse(asked);
        } else {
            stopAttempt(asked);
            queue.add(asked);
        }
    }

    private void setDeadline(Asked asked, long deadline) {
        asked.hasDeadline = true;
        asked.deadline = deadline;
        asked.deadlineEntry = deadlineEntries++;
    }

    private void end(Asked asked) {
        open.remove(asked.number);
        stopAttempt(asked);
        leaveLine(asked);
    }

    private void refuse(Asked asked) {
        if (!asked.asker.gone) {
            effects.add(asked.asker.name + " is refused " + asked);
        }
    }

    private long octets() {
        return open.values().stream().mapToLong(asked -> asked.octets).sum();
    }

    private void updateIntake() {
        long octets = octets();
        if (!paused && octets >= config.maxQueuedOctets()) {
            paused = true;
            effects.add("pause");
        } else if (paused && octets * 8 <= config.maxQueuedOctets() * 7) {
            paused = false;
            effects.add("resume");
        }
    }
}
