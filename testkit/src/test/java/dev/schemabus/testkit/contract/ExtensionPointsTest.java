package dev.schemabus.testkit.contract;

import dev.schemabus.registry.SubjectNaming;
import dev.schemabus.schema.Decimal;
import dev.schemabus.schema.DurationUnit;
import dev.schemabus.schema.Fixed;
import dev.schemabus.schema.LogicalType;
import dev.schemabus.schema.LogicalTypes;
import dev.schemabus.schema.Representation;
import dev.schemabus.schema.SchemaFormat;
import dev.schemabus.schema.Timestamp;
import dev.schemabus.wire.WireFormat;
import dev.schemabus.wire.WireFormats;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.LocalTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
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
    class HeaderGuid extends WireFormatContract {
        @Override
        protected WireFormat wireFormat() {
            return WireFormats.HEADER_GUID;
        }
    }

    @Nested
    class Dual extends WireFormatContract {
        @Override
        protected WireFormat wireFormat() {
            return WireFormats.DUAL;
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

    record Grams(long count) {
        @Override
        public String toString() {
            return count + " g";
        }

        static Grams parse(String text) {
            if (!text.endsWith(" g")) {
                throw new IllegalArgumentException("write it like 12 g");
            }
            return new Grams(Long.parseLong(text.substring(0, text.length() - 2)));
        }
    }

    record Parcel(Grams weight, Optional<Grams> wrapping, List<Grams> parts) {}

    @Nested
    class AUsersOwnType extends LogicalTypeContract {
        @Override
        protected LogicalType<?> logicalType() {
            return LogicalType.of(
                    Grams.class,
                    Representation.ofLong(Grams::count, Grams::new).with("unit", "g"),
                    Representation.ofString(Grams::toString, Grams::parse).with("pattern", "^-?[0-9]+ g$"));
        }

        @Override
        protected List<? extends Record> samples() {
            return List.of(
                    new Parcel(new Grams(0), Optional.empty(), List.of()),
                    new Parcel(
                            new Grams(Long.MAX_VALUE),
                            Optional.of(new Grams(-1)),
                            List.of(new Grams(1), new Grams(Long.MIN_VALUE))));
        }

        @Override
        protected List<?> illegalScalars(SchemaFormat format) {
            return format == SchemaFormat.JSON ? List.of("", "12 kg", "many g") : List.of();
        }
    }

    /** One that comes with Schemabus. */
    abstract static class Standard extends LogicalTypeContract {
        private final Class<?> javaType;
        private final List<? extends Record> samples;
        private final List<?> inAvro;
        private final List<?> inJson;

        Standard(Class<?> javaType, List<? extends Record> samples, List<?> inAvro, List<?> inJson) {
            this.javaType = javaType;
            this.samples = samples;
            this.inAvro = inAvro;
            this.inJson = inJson;
        }

        @Override
        protected LogicalType<?> logicalType() {
            return LogicalTypes.standard().forClass(javaType).orElseThrow();
        }

        @Override
        protected List<? extends Record> samples() {
            return samples;
        }

        @Override
        protected List<?> illegalScalars(SchemaFormat format) {
            return format == SchemaFormat.AVRO ? inAvro : inJson;
        }
    }

    record Small(short plain, Optional<Short> wrapped) {}

    @Nested
    class AShort extends Standard {
        AShort() {
            super(
                    Short.class,
                    List.of(new Small(Short.MIN_VALUE, Optional.empty()), new Small(Short.MAX_VALUE, Optional.of((short)
                            -1))),
                    List.of(32768, -32769),
                    List.of(32768, -32769));
        }
    }

    record Ids(@Fixed UUID id, Optional<@Fixed UUID> parent, List<@Fixed UUID> parts) {}

    @Nested
    class AFixedUuid extends Standard {
        AFixedUuid() {
            super(
                    UUID.class,
                    List.of(new Ids(
                            new UUID(Long.MIN_VALUE, Long.MAX_VALUE),
                            Optional.of(new UUID(0, 0)),
                            List.of(new UUID(1, 2), new UUID(-1, -1)))),
                    List.of(),
                    List.of("", "nonsense"));
        }
    }

    record Price(
            @Decimal(precision = 4, scale = 2) @Fixed BigDecimal amount,
            Map<String, @Decimal(precision = 38) BigDecimal> others) {}

    @Nested
    class AFixedDecimal extends Standard {
        AFixedDecimal() {
            super(
                    BigDecimal.class,
                    List.of(
                            new Price(new BigDecimal("-99.99"), Map.of()),
                            new Price(new BigDecimal("0.00"), Map.of("most", BigDecimal.valueOf(Long.MAX_VALUE)))),
                    List.of(),
                    List.of(new BigDecimal("0.001"), new BigDecimal("100")));
        }
    }

    record Talk(
            Duration length,
            @DurationUnit(DurationUnit.Unit.NANOS) Duration pause) {}

    @Nested
    class ADuration extends Standard {
        ADuration() {
            super(
                    Duration.class,
                    List.of(
                            new Talk(Duration.ZERO, Duration.ofNanos(-1)),
                            new Talk(Duration.ofMillis(Long.MIN_VALUE), Duration.ofNanos(Long.MAX_VALUE))),
                    List.of(),
                    List.of("", "P", "1h"));
        }
    }

    record Opening(
            LocalTime from,
            @Timestamp(Timestamp.Unit.MICROS) LocalTime to) {}

    @Nested
    class ALocalTime extends Standard {
        ALocalTime() {
            super(
                    LocalTime.class,
                    List.of(new Opening(LocalTime.MIDNIGHT, LocalTime.parse("23:59:59.999999"))),
                    List.of(),
                    List.of("", "24:00:01", "10:15:30Z"));
        }
    }

    record Text(Locale locale, Optional<Locale> other) {}

    @Nested
    class ALocale extends Standard {
        ALocale() {
            super(
                    Locale.class,
                    List.of(new Text(Locale.ROOT, Optional.of(Locale.forLanguageTag("zh-Hant-TW")))),
                    List.of("de_CH"),
                    List.of("de_CH"));
        }
    }

    record Blob(ByteBuffer bytes) {}

    @Nested
    class AByteBuffer extends Standard {
        AByteBuffer() {
            super(
                    ByteBuffer.class,
                    List.of(new Blob(ByteBuffer.allocate(0)), new Blob(ByteBuffer.wrap(new byte[] {0, -1, 127}))),
                    List.of(),
                    List.of());
        }
    }
}
