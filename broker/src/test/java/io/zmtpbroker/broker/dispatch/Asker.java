package io.zmtpbroker.broker.dispatch;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A client of a {@link Model}. */
final class Asker {
    final String name;
    final GonePolicy policy;
    final boolean takesParts;
    final Map<String, List<Asked>> setAside = new LinkedHashMap<>();
    boolean blocked;
    int maxOut = Integer.MAX_VALUE;
    boolean full;
    boolean gone;
    boolean forgotten;

    Asker(String name, GonePolicy policy, boolean takesParts) {
        this.name = name;
        this.policy = policy;
        this.takesParts = takesParts;
    }

    boolean isHeldBack() {
        return blocked || full;
    }
}
