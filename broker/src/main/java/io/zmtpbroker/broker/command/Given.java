package io.zmtpbroker.broker.command;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Options without a default. */
final class Given {

    private Given() {}

    /** Tells a setter what was typed, if anything was. */
    static <T> void ifGiven(@Nullable T value, Consumer<? super T> setter) {
        if (value != null) {
            setter.accept(value);
        }
    }
}
