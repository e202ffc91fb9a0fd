package dev.schemabus.testkit.contract;

import dev.schemabus.registry.SubjectNaming;
import dev.schemabus.schema.LogicalType;
import dev.schemabus.schema.Representation;
import dev.schemabus.schema.Scalar;
import dev.schemabus.wire.WireFormat;
import dev.schemabus.wire.WireFormats;
import java.lang.reflect.AnnotatedElement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Nested;

/** The contracts, on what comes with Schemabus and on a type as a user would add it. */
class ExtensionPointsTest {

    @Nested
    class PrefixId extends WireFormatContract {
        @Override
        protected WireFormat wireFormat() {
            return WireFormats.PREFIX_ID;
        }
    }

    @Nested
    class TopicName extends SubjectNamingContract {
        @Override
        protected SubjectNaming naming() {
            return SubjectNaming.TOPIC;
        }
    }

    @Nested
    class RecordName extends SubjectNamingContract {
        @Override
        protected SubjectNaming naming() {
            return SubjectNaming.RECORD;
        }
    }

    @Nested
    class TopicRecordName extends SubjectNamingContract {
        @Override
        protected SubjectNaming naming() {
            return SubjectNaming.TOPIC_RECORD;
        }
    }

    record Meeting(Duration length, Optional<Duration> breakTime, List<Duration> talks) {}

    @Nested
    class AUsersOwnDuration extends LogicalTypeContract {
        @Override
        protected LogicalType<?> logicalType() {
            return new DurationInMillis();
        }

        @Override
        protected List<? extends Record> samples() {
            return List.of(
                    new Meeting(Duration.ZERO, Optional.empty(), List.of()),
                    new Meeting(
                            Duration.ofMillis(Long.MAX_VALUE),
                            Optional.of(Duration.ofMillis(-1)),
                            List.of(Duration.ofDays(1), Duration.ofMillis(1))));
        }
    }

    /** A duration as a user might write it: a long in Avro, ISO 8601 text in JSON. */
    private static final class DurationInMillis implements LogicalType<Duration> {
        @Override
        public Class<Duration> javaType() {
            return Duration.class;
        }

        @Override
        public Forms<Duration> forms(AnnotatedElement use) {
            Function<Duration, Long> toMillis = Duration::toMillis;
            Function<Long, Duration> ofMillis = Duration::ofMillis;
            Function<Duration, String> print = Duration::toString;
            Function<String, Duration> parse = Duration::parse;
            return new Forms<>(
                    new Representation<>(Scalar.LONG, Map.of("unit", "ms"), toMillis, ofMillis),
                    new Representation<>(Scalar.STRING, Map.of("format", "duration"), print, parse));
        }
    }
}
