package io.zmtpbroker.broker.net;

import io.zmtpbroker.broker.dispatch.DispatchCounters;
import io.zmtpbroker.broker.dispatch.FailureReason;
import io.zmtpbroker.broker.observe.Counters;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** All counters of a broker by name: what the dispatcher counts of requests, and the shell of connections and messages. */
final class CounterReport {

    private CounterReport() {}

    static Map<String, Long> of(DispatchCounters requests, Counters connections) {
        Map<String, Long> all = new LinkedHashMap<>();
        all.put("requests.accepted", requests.accepted());
        all.put("requests.answered", requests.answered());
        all.put("requests.answered-late", requests.lateAnswers());
        for (FailureReason reason : FailureReason.values()) {
            all.put(
                    "requests.failed." + reason.name().toLowerCase(Locale.ROOT).replace('_', '-'),
                    requests.failed(reason));
        }
        all.put("requests.dropped.client-gone", requests.droppedClientGone());
        all.put("answers.discarded.client-gone", requests.discardedClientGone());
        all.put("answers.unknown", requests.unknownAnswers());
        all.put("answers.of-others", requests.foreignAnswers());
        all.put("attempts", requests.attempts());
        all.put("attempts.retried.timeout", requests.retriedTimeout());
        all.put("attempts.retried.worker-gone", requests.retriedWorkerGone());
        all.put("attempts.returned-unwritten", requests.returnedUnwritten());
        all.put("attempts.returned-unreceived", requests.returnedUnreceived());
        all.put("partials.delivered", requests.deliveredPartials());
        all.put("partials.gathered", requests.gatheredPartials());
        all.put("partials.discarded.client-gone", requests.discardedPartials());
        all.put("partials.unknown", requests.unknownPartials());
        all.putAll(connections.toMap());
        return all;
    }
}
