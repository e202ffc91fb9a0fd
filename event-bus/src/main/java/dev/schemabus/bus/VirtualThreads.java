package dev.schemabus.bus;

import java.lang.reflect.Method;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;

/**
 * Internal: virtual threads where the JVM has them and they don't pin their carriers in synchronized code, which is from
 * Java 24 on (JEP 491). Before, one handler that waits in such code would hold up others.
 */
final class VirtualThreads {

    private static final int FIRST_WITHOUT_PINNING = 24;

    private VirtualThreads() {}

    static Optional<ThreadFactory> factory(String prefix) {
        if (Runtime.version().feature() < FIRST_WITHOUT_PINNING) {
            return Optional.empty();
        }
        try {
            // By name, because this is compiled for Java 17.
            Method ofVirtual = Thread.class.getMethod("ofVirtual");
            Class<?> builder = ofVirtual.getReturnType();
            Object virtual = ofVirtual.invoke(null);
            Object named = builder.getMethod("name", String.class, long.class).invoke(virtual, prefix, 1L);
            return Optional.of((ThreadFactory) builder.getMethod("factory").invoke(named));
        } catch (ReflectiveOperationException e) {
            return Optional.empty();
        }
    }
}
