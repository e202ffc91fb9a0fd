package dev.schemabus.server;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * What the server counts, in the text format of Prometheus (exposition format 0.0.4). Four families don't need a library
 * with its own registry of meters.
 */
final class ServerMetrics {

    static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private static final String REQUESTS = "schemabus_registry_request_seconds";

    private static final String ELSEWHERE = "elsewhere";

    /** Upper bounds in seconds: from a look into a map to a write that waits for a log. */
    private static final double[] BOUNDS = {0.001, 0.005, 0.025, 0.1, 0.5, 2.5, 10};

    private record Key(String verb, String path, int status) implements Comparable<Key> {
        @Override
        public int compareTo(Key other) {
            return labels().compareTo(other.labels());
        }

        String labels() {
            return "path=\"" + path + "\",verb=\"" + verb + "\",status=\"" + status + "\"";
        }
    }

    private static final class Times {
        private final LongAdder nanos = new LongAdder();
        private final LongAdder[] within = new LongAdder[BOUNDS.length + 1];

        Times() {
            for (int i = 0; i < within.length; i++) {
                within[i] = new LongAdder();
            }
        }

        void add(long took) {
            nanos.add(took);
            double seconds = seconds(took);
            int bucket = 0;
            while (bucket < BOUNDS.length && seconds > BOUNDS[bucket]) {
                bucket++;
            }
            within[bucket].increment();
        }
    }

    private final Map<Key, Times> requests = new ConcurrentHashMap<>();
    private final long started = System.nanoTime();
    private final SubjectStore store;

    ServerMetrics(SubjectStore store) {
        this.store = store;
    }

    private static double seconds(long nanos) {
        return (double) nanos / TimeUnit.SECONDS.toNanos(1);
    }

    /**
     * Counts an answer.
     *
     * @param route what was asked; what is none of the API's is counted together, so that nobody makes up new lines
     * @param nanos how long it took
     */
    void answered(Optional<Route> route, int status, long nanos) {
        Key key = new Key(
                route.map(Route::verb).orElse(ELSEWHERE), route.map(Route::path).orElse(ELSEWHERE), status);
        requests.computeIfAbsent(key, k -> new Times()).add(nanos);
    }

    /** Everything, as of now. */
    String text() {
        StringBuilder text = new StringBuilder();
        head(text, REQUESTS, "histogram", "Time to answer, by path, verb and status");
        new TreeMap<>(requests).forEach((key, times) -> requests(text, key.labels(), times));
        store.counts().forEach((name, count) -> {
            String metric = "schemabus_registry_" + name;
            head(text, metric, "gauge", "How many there are: " + name);
            text.append(metric).append(' ').append(count).append('\n');
        });
        head(text, "schemabus_registry_writable", "gauge", "1 if this node decides about writes");
        text.append("schemabus_registry_writable ")
                .append(store.log().mayWrite() ? 1 : 0)
                .append('\n');
        if (store.log() instanceof ClusterLog log) {
            head(text, "schemabus_registry_log_position", "gauge", "Offset up to which this node has read its topic");
            text.append("schemabus_registry_log_position ")
                    .append(log.position())
                    .append('\n');
        }
        head(text, "schemabus_registry_skipped_messages", "gauge", "Messages of the log that made no sense");
        text.append("schemabus_registry_skipped_messages ")
                .append(store.log().skipped())
                .append('\n');
        head(
                text,
                "schemabus_registry_duplicate_ids",
                "gauge",
                "Versions left out, their id standing for another schema");
        text.append("schemabus_registry_duplicate_ids ")
                .append(store.duplicateIds())
                .append('\n');
        head(text, "schemabus_registry_parsed_schema_bytes", "gauge", "Estimated memory that parsed schemas take");
        text.append("schemabus_registry_parsed_schema_bytes ")
                .append(store.parsedBytes())
                .append('\n');
        head(text, "schemabus_registry_uptime_seconds", "gauge", "Time since the start");
        text.append("schemabus_registry_uptime_seconds ")
                .append(seconds(System.nanoTime() - started))
                .append('\n');
        head(text, "schemabus_registry_heap_bytes", "gauge", "Memory in use");
        Runtime runtime = Runtime.getRuntime();
        text.append("schemabus_registry_heap_bytes ")
                .append(runtime.totalMemory() - runtime.freeMemory())
                .append('\n');
        return text.toString();
    }

    private static void head(StringBuilder text, String name, String type, String help) {
        text.append("# HELP ").append(name).append(' ').append(help).append('\n');
        text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    }

    private static void requests(StringBuilder text, String labels, Times times) {
        long count = 0;
        for (int i = 0; i <= BOUNDS.length; i++) {
            count += times.within[i].sum();
            String bound = i < BOUNDS.length ? Double.toString(BOUNDS[i]) : "+Inf";
            text.append(REQUESTS)
                    .append("_bucket{")
                    .append(labels)
                    .append(",le=\"")
                    .append(bound)
                    .append("\"} ")
                    .append(count)
                    .append('\n');
        }
        text.append(REQUESTS)
                .append("_sum{")
                .append(labels)
                .append("} ")
                .append(seconds(times.nanos.sum()))
                .append('\n');
        text.append(REQUESTS)
                .append("_count{")
                .append(labels)
                .append("} ")
                .append(count)
                .append('\n');
    }
}
