package io.zmtpbroker.broker.dispatch;

import java.util.ArrayList;
import java.util.List;

/** A worker of a {@link Model}. */
final class Helper {
    final String name;
    final String service;
    final WorkerKind kind;
    final Principal principal;
    final List<Asked> held = new ArrayList<>();
    int credit;
    boolean gone;

    Helper(String name, String service, WorkerKind kind, Principal principal) {
        this.name = name;
        this.service = service;
        this.kind = kind;
        this.principal = principal;
    }
}
