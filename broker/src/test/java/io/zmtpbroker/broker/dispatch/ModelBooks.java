package io.zmtpbroker.broker.dispatch;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Who and what there is in a {@link Model}, and what can be read off it. */
final class ModelBooks {

    final Map<Integer, Asked> open = new LinkedHashMap<>();
    final List<Asker> askers = new ArrayList<>();
    final List<Helper> helpers = new ArrayList<>();
    final Map<String, Long> unofferedSince = new LinkedHashMap<>();

    private final DispatchConfig config;
    private int deadlineEntries;

    ModelBooks(DispatchConfig config) {
        this.config = config;
    }

    List<Asked> openOf(Asker asker) {
        return open.values().stream().filter(asked -> asked.asker == asker).toList();
    }

    long octets() {
        return open.values().stream().mapToLong(asked -> asked.octets).sum();
    }

    boolean isOffered(String service) {
        return offering(service) > 0;
    }

    long offering(String service) {
        return helpers.stream()
                .filter(helper -> helper.service.equals(service) && !helper.gone)
                .count();
    }

    void setDeadline(Asked asked, long deadline) {
        asked.hasDeadline = true;
        asked.deadline = deadline;
        asked.deadlineEntry = deadlineEntries++;
    }

    /** The attempt whose time was over first; null if there is none. */
    @Nullable
    Asked due(long now) {
        return open.values().stream()
                .filter(asked -> asked.hasDeadline && asked.deadline - now <= 0)
                .min(Comparator.<Asked>comparingLong(asked -> asked.deadline - now)
                        .thenComparingInt(asked -> asked.deadlineEntry))
                .orElse(null);
    }

    /** When this request will have waited too long, or null if that is not in sight. */
    @Nullable
    Long waitExpiry(Asked asked) {
        if (config.serviceWaitNanos() == 0 || asked.runs() || isOffered(asked.service)) {
            return null;
        }
        long since = asked.waitingSince;
        Long unoffered = unofferedSince.get(asked.service);
        if (unoffered != null && unoffered - since > 0) {
            since = unoffered;
        }
        return since + config.serviceWaitNanos();
    }

    @Nullable
    Long nextDeadline(long now) {
        return open.values().stream()
                .map(asked -> asked.hasDeadline ? Long.valueOf(asked.deadline) : waitExpiry(asked))
                .filter(Objects::nonNull)
                .min(Comparator.comparingLong(deadline -> deadline - now))
                .orElse(null);
    }

    DispatchSnapshot snapshot(ModelLine line, int idle) {
        int running = (int) open.values().stream().filter(Asked::runs).count();
        int parked = (int) open.values().stream().filter(line::isSetAside).count();
        return new DispatchSnapshot(
                open.size() - running - parked,
                parked,
                running,
                octets(),
                (int) askers.stream().filter(asker -> !asker.gone).count(),
                (int) helpers.stream().filter(helper -> !helper.gone).count(),
                idle);
    }
}
