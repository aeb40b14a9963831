package io.zmtpbroker.broker.access;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.function.Function;

/** Answers that are made of others. */
final class Derived {

    private Derived() {}

    /** What a function makes of an answer when it comes. Who cancels it cancels the other, too, which it alone must wait for. */
    @SuppressWarnings("FutureReturnValueIgnored") // what is done at the end is done to the answer itself
    static <T, R> CompletableFuture<R> from(CompletionStage<T> source, Function<T, R> function) {
        CompletableFuture<R> derived = source.thenApply(function).toCompletableFuture();
        derived.whenComplete((answer, failure) -> {
            if (derived.isCancelled() && source instanceof Future<?> asked) {
                asked.cancel(false);
            }
        });
        return derived;
    }
}
