package dev.schemabus.bus;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Internal: calls the user's {@link TraceContext}; what it throws costs the trace and nothing else. */
final class Tracing {

    /** The headers of W3C Trace Context. */
    static final List<String> HEADERS = List.of("traceparent", "tracestate");

    private static final Logger LOG = LoggerFactory.getLogger(Tracing.class);
    private static final TraceContext.Scope NOTHING = () -> {};

    private final TraceContext context;
    private final RateLimit log = new RateLimit(Duration.ofMinutes(1));

    Tracing(TraceContext context) {
        this.context = context;
    }

    /** The headers for an event that is published now. */
    Map<String, String> current() {
        try {
            return context.current();
        } catch (RuntimeException | LinkageError e) {
            failed(e);
            return Map.of();
        }
    }

    /** Around a handler, with the headers of the record: {@code try (TraceContext.Scope s = tracing.handling(…))}. */
    TraceContext.Scope handling(Headers headers) {
        try {
            TraceContext.Scope scope = context.handling(trace(headers));
            return () -> {
                try {
                    scope.close();
                } catch (RuntimeException | LinkageError e) {
                    failed(e);
                }
            };
        } catch (RuntimeException | LinkageError e) {
            failed(e);
            return NOTHING;
        }
    }

    private static Map<String, String> trace(Headers headers) {
        Map<String, String> trace = new LinkedHashMap<>();
        for (String name : HEADERS) {
            Header header = headers.lastHeader(name);
            if (header != null && header.value() != null) {
                trace.put(name, new String(header.value(), StandardCharsets.UTF_8));
            }
        }
        return trace.isEmpty() ? Map.of() : trace;
    }

    private void failed(Throwable error) {
        if (log.permits()) {
            LOG.warn("The trace context threw; events go on without a trace", error);
        }
    }
}
