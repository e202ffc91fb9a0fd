package dev.schemabus.benchmarks;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
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

/**
 * The cases of {@link Ratios}, by JMH: for absolute figures on a quiet machine, and for its profilers. One serializer has seen all
 * payloads before one of them is measured; with {@code -t 2}, two threads share it.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ComparisonBenchmark {

    private static final long WARM_UP_NANOS = 200_000_000;

    @Param({
        "avro.tick.write/hand",
        "avro.order.write/hand",
        "avro.catalogue.write/hand",
        "avro.tick.read/hand",
        "avro.order.read/hand",
        "avro.catalogue.read/hand",
        "avro.tick.evolved/hand",
        "avro.order.evolved/hand",
        "avro.catalogue.evolved/hand",
        "avro.tick.write/specific",
        "avro.order.write/specific",
        "avro.catalogue.write/specific",
        "avro.tick.read/specific",
        "avro.order.read/specific",
        "avro.catalogue.read/specific",
        "avro.tick.evolved/specific",
        "avro.order.evolved/specific",
        "avro.catalogue.evolved/specific",
        "avro.tick.write/generic",
        "avro.order.write/generic",
        "avro.catalogue.write/generic",
        "avro.tick.read/generic",
        "avro.order.read/generic",
        "avro.catalogue.read/generic",
        "json.tick.write/jackson",
        "json.order.write/jackson",
        "json.catalogue.write/jackson",
        "json.tick.read/jackson",
        "json.order.read/jackson",
        "json.catalogue.read/jackson",
        "serde.avro.tick.write/codec",
        "serde.avro.order.write/codec",
        "serde.avro.catalogue.write/codec",
        "serde.avro.tick.read/codec",
        "serde.avro.order.read/codec",
        "serde.avro.catalogue.read/codec",
        "serde.avro.tick.write/apicurio",
        "serde.avro.order.write/apicurio",
        "serde.avro.catalogue.write/apicurio",
        "serde.avro.tick.read/apicurio",
        "serde.avro.order.read/apicurio",
        "serde.avro.catalogue.read/apicurio",
        "serde.json.tick.write/codec",
        "serde.json.order.write/codec",
        "serde.json.catalogue.write/codec",
        "serde.json.tick.read/codec",
        "serde.json.order.read/codec",
        "serde.json.catalogue.read/codec",
        "serde.json.tick.write.validated/unchecked",
        "serde.json.order.write.validated/unchecked",
        "serde.json.catalogue.write.validated/unchecked",
        "serde.json.tick.read.validated/unchecked",
        "serde.json.order.read.validated/unchecked",
        "serde.json.catalogue.read.validated/unchecked"
    })
    public String contest = "";

    private Operation ours = turn -> turn;
    private Operation other = turn -> turn;

    /** Each thread's own count. */
    @State(Scope.Thread)
    public static class Turn {
        private int next;
    }

    /** Makes all cases, and runs those like the one that is measured: the same with the other payloads. */
    @Setup
    public void warm() {
        List<Case> cases = Cases.all();
        for (Case each : cases) {
            if (kind(each.name()).equals(kind(contest))) {
                new Duel(each, 1).warm(WARM_UP_NANOS);
            }
            if (each.name().equals(contest)) {
                ours = each.ours();
                other = each.other();
            }
        }
    }

    /** {@code avro.order.write/hand} without the payload's name. */
    private static String kind(String name) {
        return name.replaceAll("\\.(tick|order|catalogue)\\.", ".");
    }

    /** Ours. */
    @Benchmark
    public @Nullable Object ours(Turn turn) throws Exception {
        return ours.run(turn.next++);
    }

    /** What it is compared with. */
    @Benchmark
    public @Nullable Object other(Turn turn) throws Exception {
        return other.run(turn.next++);
    }
}
