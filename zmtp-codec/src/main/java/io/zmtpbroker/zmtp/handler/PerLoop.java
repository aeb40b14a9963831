package io.zmtpbroker.zmtp.handler;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.FastThreadLocal;
import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.function.Function;

/**
 * One of something for each event loop, as long as somebody has it: when nobody has it any more it may go, and it goes
 * with its loop. Found on the loop's own thread, without a lock.
 *
 * @param <T> what there is one of
 */
final class PerLoop<T> {
    private final Function<EventExecutor, T> maker;

    /** Of the loops on this thread: one, except with embedded channels. */
    private final FastThreadLocal<Map<EventExecutor, WeakReference<T>>> known = new FastThreadLocal<>() {
        @Override
        protected Map<EventExecutor, WeakReference<T>> initialValue() {
            return new WeakHashMap<>();
        }
    };

    PerLoop(Function<EventExecutor, T> maker) {
        this.maker = maker;
    }

    /** That of an event loop; to be called on its thread. */
    T of(EventExecutor executor) {
        Map<EventExecutor, WeakReference<T>> all = known.get();
        WeakReference<T> reference = all.get(executor);
        T one = reference == null ? null : reference.get();
        if (one == null) {
            one = maker.apply(executor);
            all.put(executor, new WeakReference<>(one));
        }
        return one;
    }
}
