package dev.schemabus.bus;

/** Internal: whom a bus tells of its work. */
record Signals(BusMetrics metrics, Tracing tracing) {

    /** Nobody; traces are copied from the event handled to those published meanwhile. */
    static final Signals NONE = new Signals(BusMetrics.NONE, new Tracing(TraceContext.COPIED));
}
