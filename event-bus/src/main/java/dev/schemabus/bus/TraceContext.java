package dev.schemabus.bus;

import java.util.Map;

/**
 * SPI: the bridge to a tracing library, without one of its own. By default ({@link #COPIED}) an event that is published in
 * a handler gets the {@code traceparent} and {@code tracestate} (W3C Trace Context) of the event handled. With
 * OpenTelemetry, for instance:
 *
 * <pre>{@code
 * TextMapPropagator w3c = openTelemetry.getPropagators().getTextMapPropagator();
 * .tracing(new TraceContext() {
 *     public Map<String, String> current() { var m = new HashMap<String, String>(); w3c.inject(Context.current(), m, Map::put); return m; }
 *     public Scope handling(Map<String, String> headers) { return w3c.extract(Context.root(), headers, GETTER).makeCurrent()::close; }
 * })
 * }</pre>
 *
 * <p>Called by many threads at once.
 */
public interface TraceContext {

    /** Copies the headers of the event that is being handled on this thread. */
    TraceContext COPIED = new CopiedTrace();

    /** What ends with a handler. */
    @FunctionalInterface
    interface Scope extends AutoCloseable {
        @Override
        void close();
    }

    /** The headers for an event that is published now, on this thread; empty for none. */
    Map<String, String> current();

    /**
     * A handler is about to run on this thread.
     *
     * @param headers the event's {@code traceparent} and {@code tracestate}, as far as it has them
     * @return closed on the same thread once the handler has returned or thrown
     */
    Scope handling(Map<String, String> headers);
}
