package dev.schemabus.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Objects;

/**
 * One operation and a loop of its own. With one loop for all, its call would go to one of many classes each time; so each gets a copy
 * of the loop's class, whose call the compiler sees through.
 */
final class Lap {

    /** The loop. */
    interface Body {
        void run(Operation operation, int times) throws Exception;
    }

    private static final byte[] LOOP = bytesOfLoop();

    private final Operation operation;
    private final Body body;

    Lap(Operation operation) {
        this.operation = operation;
        this.body = newLoop();
    }

    /** Does it so many times. */
    void run(int times) {
        try {
            body.run(operation, times);
        } catch (Exception e) {
            throw new IllegalStateException("an operation failed", e);
        }
    }

    private static Body newLoop() {
        try {
            MethodHandles.Lookup copy = MethodHandles.lookup().defineHiddenClass(LOOP, true);
            return (Body) copy.findConstructor(copy.lookupClass(), MethodType.methodType(void.class))
                    .invoke();
        } catch (Throwable e) {
            throw new IllegalStateException("the loop is a class of this package, with a constructor", e);
        }
    }

    private static byte[] bytesOfLoop() {
        try (InputStream in = Objects.requireNonNull(Lap.class.getResourceAsStream("Loop.class"))) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("can't read the class path", e);
        }
    }
}
