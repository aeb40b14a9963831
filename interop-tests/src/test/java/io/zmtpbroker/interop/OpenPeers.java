package io.zmtpbroker.interop;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Peers of one scenario; closed in the reverse order of their coming. */
final class OpenPeers implements AutoCloseable {
    private final List<AutoCloseable> all = new ArrayList<>();

    void add(AutoCloseable one) {
        all.add(one);
    }

    void addAll(Collection<? extends AutoCloseable> some) {
        all.addAll(some);
    }

    @Override
    public void close() {
        try {
            for (int last = all.size() - 1; last >= 0; last--) {
                all.get(last).close();
            }
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new AssertionError("cannot close", e);
        }
    }
}
