package dev.schemabus.schema;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    /** Marks the declaration with the mistake, among those that it needs. */
    @Retention(RetentionPolicy.RUNTIME)
    @interface Mistake {}

    @Mistake
    static final class NotARecord {}

    @Mistake
    interface Open {}

    @Mistake
    record BareDecimal(List<Line> lines) {
        record Line(BigDecimal price) {}
    }

    @Mistake
    record DecimalOutside(
            @Decimal(precision = 12, scale = 2) Optional<BigDecimal> price) {}

    @Mistake
    record DecimalOnDouble(
            @Decimal(precision = 12, scale = 2) double price) {}

    @Mistake
    record ImpossibleDecimal(
            @Decimal(precision = 2, scale = 3) BigDecimal price) {}

    @Mistake
    record TimestampOnText(@Timestamp(Timestamp.Unit.MICROS) String at) {}

    @Mistake
    record Anything(Object value) {}

    @Mistake
    record RawList(List values) {}

    @Mistake
    record Wildcard(List<?> values) {}

    @Mistake
    record OldDate(Date at) {}

    @Mistake
    record NullableElements(@Nullable byte[] raw) {}

    @Mistake
    record Unknown(Thread thread) {}

    @Mistake
    record UnknownInterface(Map<String, Runnable> actions) {}

    @Mistake
    record Members(Shape2D shape) {}

    sealed interface Shape2D permits Circle, Square {}

    record Circle(int radius) implements Shape2D {}

    static final class Square implements Shape2D {}

    @Mistake
    record NonAsciiComponent(int größe) {}

    @Mistake
    record BadInt(@Default("many") int count) {}

    @Mistake
    record WideInt(@Default("3000000000") int count) {}

    @Mistake
    record BadEnum(@Default("RED") Colour colour) {}

    enum Colour {
        GREEN,
        BLUE
    }

    @Mistake
    record BadInstant(@Default("yesterday") Instant at) {}

    @Mistake
    record NotANumber(@Default("NaN") double value) {}

    @Mistake
    record BadDecimal(
            @Default("1.234") @Decimal(precision = 6, scale = 2)
            BigDecimal price) {}

    @Mistake
    record ListDefault(@Default("[1, \"two\"]") List<Integer> values) {}

    @Mistake
    record OptionalDefault(@Default("x") Optional<String> note) {}

    @Mistake
    record TwoKeys(@Key String a, @Key String b) {}

    @Mistake
    record RecordKey(@Key Circle circle) {}

    @Mistake
    record SameName(String id, @Name("id") String other) {}

    @Mistake
    record AliasTaken(String id, @Aliases("id") String other) {}

    @Mistake
    record BadAlias(@Aliases("old id") String id) {}

    @Mistake
    @Aliases("com.acme.Old-Name")
    record BadTypeAlias(String id) {}

    @Mistake
    record OneNameTwoClasses(First first, Second second) {}

    @Name("com.acme.Same")
    record First(int a) {}

    @Name("com.acme.Same")
    record Second(int b) {}

    @Mistake
    record NullablePrimitive(@Own.Nullable int count) {}

    /** Nullness annotations of a team's own, which may stand before a primitive. */
    static final class Own {
        @Retention(RetentionPolicy.RUNTIME)
        @Target(ElementType.RECORD_COMPONENT)
        @interface Nullable {}
    }

    @Mistake
    record TwiceOptional(Optional<Optional<String>> note) {}

    @Mistake
    record NullableOptional(@Nullable Optional<String> note) {}

    @Mistake
    record OptionalNullable(Optional<@Nullable String> note) {}

    @Mistake
    record Box<T>(T value) {}

    @Mistake
    record NoConstants(Nothing nothing) {}

    enum Nothing {}

    @Mistake
    record TwoDefaults(Level level) {}

    enum Level {
        @EnumDefault
        LOW,
        @EnumDefault
        HIGH
    }

    @Mistake
    record SameSymbols(Twins twins) {}

    enum Twins {
        ONE,
        @Name("ONE")
        OTHER
    }

    @Mistake
    sealed interface SameSimpleName permits Here.Moved, There.Moved {}

    static final class Here {
        record Moved(int by) implements SameSimpleName {}
    }

    static final class There {
        record Moved(int by) implements SameSimpleName {}
    }
}
