package dev.schemabus.bus;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * Internal: which exceptions of a handler are worth another attempt. An exception matches a class if it or one of its
 * causes is an instance: frameworks wrap what a handler throws.
 *
 * @param retryOn if not empty, only these
 * @param doNotRetryOn never these
 */
record ExceptionRules(List<Class<? extends Throwable>> retryOn, List<Class<? extends Throwable>> doNotRetryOn) {

    static final ExceptionRules NONE = new ExceptionRules(List.of(), List.of());

    /** What the next attempt would meet again: a class that is missing or doesn't fit, and endless recursion. */
    private static final List<Class<? extends Throwable>> FATAL = List.of(LinkageError.class, StackOverflowError.class);

    ExceptionRules retryingOn(List<Class<? extends Throwable>> more) {
        return new ExceptionRules(joined(retryOn, more), doNotRetryOn);
    }

    ExceptionRules notRetryingOn(List<Class<? extends Throwable>> more) {
        return new ExceptionRules(retryOn, joined(doNotRetryOn, more));
    }

    boolean retried(Throwable error) {
        List<Throwable> chain = chain(error);
        if (matches(chain, doNotRetryOn)) {
            return false;
        }
        if (matches(chain, retryOn)) {
            return true;
        }
        return retryOn.isEmpty() && !matches(chain, FATAL);
    }

    /** An exception and its causes, outermost first. A chain may be a circle. */
    static List<Throwable> chain(Throwable error) {
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        List<Throwable> chain = new ArrayList<>();
        for (Throwable cause = error; cause != null && seen.add(cause); cause = cause.getCause()) {
            chain.add(cause);
        }
        return chain;
    }

    /** Whether memory ran out, also if somebody has wrapped that: then nothing works any more, whatever the record. */
    static boolean isOutOfMemory(Throwable error) {
        return chain(error).stream().anyMatch(OutOfMemoryError.class::isInstance);
    }

    private static boolean matches(List<Throwable> chain, List<Class<? extends Throwable>> classes) {
        return chain.stream().anyMatch(cause -> classes.stream().anyMatch(type -> type.isInstance(cause)));
    }

    private static List<Class<? extends Throwable>> joined(
            List<Class<? extends Throwable>> some, List<Class<? extends Throwable>> more) {
        List<Class<? extends Throwable>> all = new ArrayList<>(some);
        all.addAll(more);
        return List.copyOf(all);
    }
}
