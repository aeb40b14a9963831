package io.zmtpbroker.broker.command;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/**
 * SIGHUP, by which operators have a process read its files again. Java has no interface for signals but {@code sun.misc.Signal},
 * which its module jdk.unsupported keeps since nothing has replaced it (JEP 260). The compiler warns of every use that it sees,
 * and a Java without that module is one without this signal; so it is looked up when the broker runs.
 */
final class HangUpSignal {

    private HangUpSignal() {}

    /** Whatever came of it. */
    private static final class NoSignals extends Exception {

        private static final long serialVersionUID = 1;

        NoSignals(Throwable cause) {
            super(cause);
        }
    }

    /**
     * Calls an action, on a thread of the JVM, each time the signal comes, which otherwise ends the process.
     *
     * @return false where there is no such signal, or it is taken ({@code java -Xrs}), or ignored since before the JVM began
     *     ({@code nohup}), which it respects
     */
    static boolean handle(Runnable action) {
        try {
            return install(action);
        } catch (NoSignals e) {
            return false;
        }
    }

    private static boolean install(Runnable action) throws NoSignals {
        try {
            Class<?> signalType = Class.forName("sun.misc.Signal");
            Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
            Object signal = signalType.getConstructor(String.class).newInstance("HUP");
            Object handler = Proxy.newProxyInstance(
                    HangUpSignal.class.getClassLoader(), new Class<?>[] {handlerType}, (proxy, method, arguments) -> {
                        return switch (method.getName()) {
                            case "handle" -> {
                                action.run();
                                yield null;
                            }
                            case "hashCode" -> System.identityHashCode(proxy);
                            case "equals" -> proxy == arguments[0];
                            default -> "handler of SIGHUP";
                        };
                    });
            Object before =
                    signalType.getMethod("handle", signalType, handlerType).invoke(null, signal, handler);
            return before != handlerType.getField("SIG_IGN").get(null);
        } catch (InvocationTargetException e) {
            throw new NoSignals(e.getTargetException());
        } catch (ReflectiveOperationException e) {
            throw new NoSignals(e);
        }
    }
}
