package io.zmtpbroker.broker.dispatch;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who waits in a {@link Model}, of all services, and who is next. */
final class ModelLine {

    private final List<Asked> queue = new ArrayList<>();
    private final Map<String, List<Asker>> lanes = new LinkedHashMap<>();
    private final Map<String, List<Asker>> turns = new LinkedHashMap<>();

    void addLast(Asked asked) {
        queue.add(asked);
    }

    /** Ahead of the queue, or of those of its client that are set aside. */
    void addFirst(Asked asked) {
        List<Asked> aside = asked.asker.setAside.get(asked.service);
        (aside == null ? queue : aside).add(0, asked);
    }

    @Nullable
    Asked next(String service) {
        List<Asker> turn = turns.getOrDefault(service, List.of());
        if (!turn.isEmpty()) {
            return asideOf(turn.get(0), service).get(0);
        }
        return queue.stream()
                .filter(asked -> asked.service.equals(service))
                .findFirst()
                .orElse(null);
    }

    void setAside(Asked asked) {
        queue.remove(asked);
        if (!asked.asker.setAside.containsKey(asked.service)) {
            asked.asker.setAside.put(asked.service, new ArrayList<>());
            lanes.computeIfAbsent(asked.service, service -> new ArrayList<>()).add(asked.asker);
        }
        asideOf(asked.asker, asked.service).add(asked);
    }

    boolean isSetAside(Asked asked) {
        return asideOf(asked.asker, asked.service).contains(asked);
    }

    /** Takes out the one that is next. */
    void take(Asked asked) {
        boolean wasSetAside = isSetAside(asked);
        remove(asked);
        if (wasSetAside && asked.asker.setAside.containsKey(asked.service)) {
            List<Asker> turn = turns.getOrDefault(asked.service, List.of());
            turn.remove(asked.asker);
            turn.add(asked.asker);
        }
    }

    void remove(Asked asked) {
        queue.remove(asked);
        List<Asked> aside = asked.asker.setAside.get(asked.service);
        if (aside == null) {
            return;
        }
        aside.remove(asked);
        if (aside.isEmpty()) {
            asked.asker.setAside.remove(asked.service);
            lanes.getOrDefault(asked.service, new ArrayList<>()).remove(asked.asker);
            turns.getOrDefault(asked.service, new ArrayList<>()).remove(asked.asker);
        }
    }

    void block(Asker asker) {
        turns.values().forEach(turn -> turn.remove(asker));
    }

    /** Lets what is set aside of this client have its turn, and says of which services that is. */
    List<String> unblock(Asker asker) {
        List<String> services = List.copyOf(asker.setAside.keySet());
        for (String service : services) {
            List<Asker> turn = turns.computeIfAbsent(service, s -> new ArrayList<>());
            if (!turn.contains(asker)) {
                turn.add(asker);
            }
        }
        return services;
    }

    /** Those that wait, those first that were set aside, as they would fail for want of a worker. */
    List<Asked> all() {
        List<Asked> all = new ArrayList<>();
        lanes.forEach((service, askers) -> askers.forEach(asker -> all.addAll(asideOf(asker, service))));
        all.addAll(queue);
        return all;
    }

    private static List<Asked> asideOf(Asker asker, String service) {
        return asker.setAside.getOrDefault(service, List.of());
    }
}
