package dev.schemabus.bus;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Internal: hands the trace of the handled event to those published meanwhile. It belongs to the thread, as with every
 * tracing library, because between a handler and what it publishes lies the user's code; it ends with the handler.
 */
final class CopiedTrace implements TraceContext {

    private static final ThreadLocal<@Nullable Map<String, String>> HANDLED = new ThreadLocal<>();

    @Override
    public Map<String, String> current() {
        Map<String, String> current = HANDLED.get();
        return current == null ? Map.of() : current;
    }

    @Override
    public Scope handling(Map<String, String> headers) {
        Map<String, String> outer = HANDLED.get();
        HANDLED.set(headers);
        return () -> {
            if (outer == null) {
                HANDLED.remove();
            } else {
                HANDLED.set(outer);
            }
        };
    }
}
