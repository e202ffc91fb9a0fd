package dev.schemabus.benchmarks;

import dev.schemabus.schema.Decimal;
import dev.schemabus.schema.EventSchema;
import dev.schemabus.schema.LogicalTypes;
import dev.schemabus.schema.SchemaFormat;
import dev.schemabus.schema.SchemaGenerator;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** From a class to its schema: by a generator that has never seen it, and by one that has. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 3)
@Measurement(iterations = 5, time = 2)
public class SchemaGenerationBenchmark {

    /** A record with 50 components. */
    public record Wide(
            String text0,
            int count0,
            long total0,
            double mean0,
            boolean flag0,
            Optional<String> note0,
            List<String> tags0,
            Instant at0,
            UUID id0,
            @Decimal(precision = 12, scale = 2) BigDecimal price0,
            String text1,
            int count1,
            long total1,
            double mean1,
            boolean flag1,
            Optional<String> note1,
            List<String> tags1,
            Instant at1,
            UUID id1,
            @Decimal(precision = 12, scale = 2) BigDecimal price1,
            String text2,
            int count2,
            long total2,
            double mean2,
            boolean flag2,
            Optional<String> note2,
            List<String> tags2,
            Instant at2,
            UUID id2,
            @Decimal(precision = 12, scale = 2) BigDecimal price2,
            String text3,
            int count3,
            long total3,
            double mean3,
            boolean flag3,
            Optional<String> note3,
            List<String> tags3,
            Instant at3,
            UUID id3,
            @Decimal(precision = 12, scale = 2) BigDecimal price3,
            String text4,
            int count4,
            long total4,
            double mean4,
            boolean flag4,
            Optional<String> note4,
            List<String> tags4,
            Instant at4,
            UUID id4,
            @Decimal(precision = 12, scale = 2) BigDecimal price4) {}

    @Param({"AVRO", "JSON"})
    public SchemaFormat format = SchemaFormat.AVRO;

    /** A generator without anything cached. */
    @Benchmark
    public EventSchema cold() {
        return SchemaGenerator.standard()
                .withLogicalTypes(LogicalTypes.standard())
                .generate(Wide.class, format);
    }

    /** The same class again. */
    @Benchmark
    public EventSchema cached() {
        return SchemaGenerator.standard().generate(Wide.class, format);
    }
}
