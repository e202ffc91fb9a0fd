package dev.schemabus.schema;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Declarations that a schema can't be made of, each with one mistake. */
@SuppressWarnings({
    "rawtypes",
    "ArrayRecordComponent",
    "JavaUtilDate",
    "UnicodeInCode",
    "NullablePrimitiveArray",
    "NullableOptional"
}) // mistakes on purpose
final class BadDeclarations {

    private BadDeclarations() {}

    static final class NotARecord {}

    interface Open {}

    record BareDecimal(List<Line> lines) {
        record Line(BigDecimal price) {}
    }

    record DecimalOutside(
            @Decimal(precision = 12, scale = 2) Optional<BigDecimal> price) {}

    record DecimalOnDouble(
            @Decimal(precision = 12, scale = 2) double price) {}

    record ImpossibleDecimal(
            @Decimal(precision = 2, scale = 3) BigDecimal price) {}

    record TimestampOnText(@Timestamp(Timestamp.Unit.MICROS) String at) {}

    record Anything(Object value) {}

    record RawList(List values) {}

    record Wildcard(List<?> values) {}

    record NumberKeys(Map<Integer, String> byNumber) {}

    record OldDate(Date at) {}

    record LocalTime(LocalDateTime at) {}

    record SetOfText(Set<String> values) {}

    record Letter(char letter) {}

    record Words(String[] words) {}

    record NullableElements(@Nullable byte[] raw) {}

    record Unknown(Thread thread) {}

    record UnknownInterface(Map<String, Runnable> actions) {}

    record Members(Shape2D shape) {}

    sealed interface Shape2D permits Circle, Square {}

    record Circle(int radius) implements Shape2D {}

    static final class Square implements Shape2D {}

    record NonAsciiComponent(int größe) {}

    record BadInt(@Default("many") int count) {}

    record WideInt(@Default("3000000000") int count) {}

    record BadEnum(@Default("RED") Colour colour) {}

    enum Colour {
        GREEN,
        BLUE
    }

    record BadInstant(@Default("yesterday") Instant at) {}

    record NotANumber(@Default("NaN") double value) {}

    record BadDecimal(
            @Default("1.234") @Decimal(precision = 6, scale = 2)
            BigDecimal price) {}

    record ListDefault(@Default("[1]") List<Integer> values) {}

    record OptionalDefault(@Default("x") Optional<String> note) {}

    record TwoKeys(@Key String a, @Key String b) {}

    record RecordKey(@Key Circle circle) {}

    record SameName(String id, @Name("id") String other) {}

    record AliasTaken(String id, @Aliases("id") String other) {}

    record BadAlias(@Aliases("old id") String id) {}

    @Aliases("com.acme.Old-Name")
    record BadTypeAlias(String id) {}

    record OneNameTwoClasses(First first, Second second) {}

    @Name("com.acme.Same")
    record First(int a) {}

    @Name("com.acme.Same")
    record Second(int b) {}

    record NullablePrimitive(@Own.Nullable int count) {}

    /** Nullness annotations of a team's own, which may stand before a primitive. */
    static final class Own {
        @Retention(RetentionPolicy.RUNTIME)
        @Target(ElementType.RECORD_COMPONENT)
        @interface Nullable {}
    }

    record TwiceOptional(Optional<Optional<String>> note) {}

    record NullableOptional(@Nullable Optional<String> note) {}

    record OptionalNullable(Optional<@Nullable String> note) {}

    record Box<T>(T value) {}

    record Boxed(Box<String> box) {}

    record NoConstants(Nothing nothing) {}

    enum Nothing {}

    record TwoDefaults(Level level) {}

    enum Level {
        @EnumDefault
        LOW,
        @EnumDefault
        HIGH
    }

    record SameSymbols(Twins twins) {}

    enum Twins {
        ONE,
        @Name("ONE")
        OTHER
    }

    sealed interface SameSimpleName permits Here.Moved, There.Moved {}

    static final class Here {
        record Moved(int by) implements SameSimpleName {}
    }

    static final class There {
        record Moved(int by) implements SameSimpleName {}
    }
}
