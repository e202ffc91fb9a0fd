package dev.schemabus.benchmarks;

import dev.schemabus.registry.CacheConfig;
import dev.schemabus.registry.RegisteredSchema;
import dev.schemabus.registry.Registration;
import dev.schemabus.registry.RegistryConfig;
import dev.schemabus.registry.RegistryConnection;
import dev.schemabus.registry.SchemaGuid;
import dev.schemabus.registry.SchemaId;
import dev.schemabus.registry.Subject;
import dev.schemabus.schema.EventSchema;
import dev.schemabus.schema.SchemaFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What is known already: a schema by its id or GUID, the id of a schema, the latest version, among a hundred of each. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
public class RegistryCacheBenchmark {

    private static final int SUBJECTS = 128;

    private final RegistryConnection registry =
            RegistryConnection.shared(RegistryConfig.of("memory:cache-benchmark"), CacheConfig.standard());

    private final List<Subject> subjects = new ArrayList<>();
    private final List<EventSchema> schemas = new ArrayList<>();
    private final List<SchemaId> ids = new ArrayList<>();
    private final List<SchemaGuid> guids = new ArrayList<>();

    /** Which is asked for next. */
    @State(Scope.Thread)
    public static class Turn {
        private int last;

        int next() {
            last = (last + 1) & (SUBJECTS - 1);
            return last;
        }
    }

    @Setup
    public void register() {
        for (int i = 0; i < SUBJECTS; i++) {
            Subject subject = new Subject("orders-" + i + "-value");
            EventSchema schema = EventSchema.of(
                    SchemaFormat.AVRO,
                    "{\"type\":\"record\",\"name\":\"Order" + i
                            + "\",\"fields\":[{\"name\":\"id\",\"type\":\"string\"}]}");
            Registration registration = registry.register(subject, schema);
            subjects.add(subject);
            schemas.add(schema);
            ids.add(registration.id());
            guids.add(registration.guid().orElseThrow());
            registry.byId(registration.id());
            registry.byGuid(registration.guid().orElseThrow());
            registry.latest(subject);
        }
    }

    @Benchmark
    public EventSchema byId(Turn turn) {
        return registry.byId(ids.get(turn.next()));
    }

    @Benchmark
    public EventSchema byGuid(Turn turn) {
        return registry.byGuid(guids.get(turn.next()));
    }

    @Benchmark
    public Registration bySubjectAndSchema(Turn turn) {
        int i = turn.next();
        return registry.register(subjects.get(i), schemas.get(i));
    }

    @Benchmark
    public RegisteredSchema latest(Turn turn) {
        return registry.latest(subjects.get(turn.next()));
    }

    @TearDown
    public void close() {
        registry.close();
    }
}
