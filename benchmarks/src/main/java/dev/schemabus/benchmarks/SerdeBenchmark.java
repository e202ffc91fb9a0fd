package dev.schemabus.benchmarks;

import dev.schemabus.serde.EventDeserializer;
import dev.schemabus.serde.EventSerializer;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The whole call that a Kafka client makes: serialize and deserialize, in both formats. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class SerdeBenchmark {

    private static final String TOPIC = "benchmarks";

    @Param({"avro", "json"})
    public String format = "";

    @Param({"order", "tick"})
    public String payload = "";

    private final EventSerializer<Object> serializer = new EventSerializer<>();
    private final EventDeserializer<Object> deserializer = new EventDeserializer<>();
    private Object event = "";
    private byte[] bytes = {};

    /** Registers the type and warms both directions. */
    @Setup
    public void open() {
        event = payload.equals("order")
                ? Payloads.orders(1).get(0)
                : Payloads.ticks(1).get(0);
        Map<String, Object> properties = Map.of(
                "schema.registry.url",
                "memory:benchmarks",
                "schemabus.format",
                format,
                "value.subject.name.strategy",
                "TopicRecordNameStrategy",
                "schemabus.value.type",
                event.getClass());
        serializer.configure(properties, false);
        deserializer.configure(properties, false);
        bytes = serialize();
        if (!event.equals(deserialize())) {
            throw new IllegalStateException("What was written isn't what was read: " + payload + ", " + format);
        }
    }

    /** From record to framed bytes. */
    @Benchmark
    public byte[] serialize() {
        return Objects.requireNonNull(serializer.serialize(TOPIC, event));
    }

    /** From framed bytes to record. */
    @Benchmark
    public Object deserialize() {
        return Objects.requireNonNull(deserializer.deserialize(TOPIC, bytes));
    }
}
