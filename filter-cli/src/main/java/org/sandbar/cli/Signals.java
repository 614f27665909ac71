package org.sandbar.cli;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

/**
 * Signals that do not end the process, heeded while this is open. The JVM's own way to them is outside of what Java promises, so it is
 * looked for at run time, and where it is missing the signal keeps its usual meaning. SIGUSR2 is the JVM's and can never be had.
 */
final class Signals implements AutoCloseable {
    private final Object signal;
    private final Object before;

    private Signals(Object signal, Object before) {
        this.signal = signal;
        this.before = before;
    }

    /** From now on this is done, on a thread of its own, when the signal comes; the name is without SIG. */
    static Signals heed(String name, Runnable action) {
        try {
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object signal = Class.forName("sun.misc.Signal")
                    .getConstructor(String.class)
                    .newInstance(name);
            Object own = Proxy.newProxyInstance(
                    Signals.class.getClassLoader(), new Class<?>[] {handler}, (proxy, method, arguments) -> {
                        action.run();
                        return null;
                    });
            return new Signals(signal, handle(signal, own));
        } catch (ReflectiveOperationException | IllegalArgumentException elsewhere) {
            return new Signals(null, null);
        }
    }

    private static Object handle(Object signal, Object handler) throws ReflectiveOperationException {
        Method handle =
                signal.getClass().getMethod("handle", signal.getClass(), Class.forName("sun.misc.SignalHandler"));
        try {
            return handle.invoke(null, signal, handler);
        } catch (InvocationTargetException taken) {
            throw new IllegalArgumentException(taken.getCause());
        }
    }

    @Override
    public void close() {
        if (signal == null) {
            return;
        }
        try {
            handle(signal, before);
        } catch (ReflectiveOperationException | IllegalArgumentException elsewhere) {
            // It was heeded, so it can be put back.
        }
    }
}
