package dev.schemabus.schema;

import dev.schemabus.schema.bad.BadAnnotations;
import dev.schemabus.schema.bad.BadDefaults;
import dev.schemabus.schema.bad.BadNames;
import dev.schemabus.schema.bad.BadShapes;
import dev.schemabus.schema.bad.BadTypes;
import dev.schemabus.schema.bad.Mistake;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
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

    private static final List<Class<?>> TOPICS = List.of(
            BadDeclarations.class,
            BadAnnotations.class,
            BadDefaults.class,
            BadNames.class,
            BadShapes.class,
            BadTypes.class);

    private BadDeclarations() {}

    /** All of them, in the order of their simple names. */
    static List<Class<?>> all() {
        return TOPICS.stream()
                .flatMap(topic -> Arrays.stream(topic.getDeclaredClasses()))
                .filter(type -> type.isAnnotationPresent(Mistake.class))
                .sorted(Comparator.comparing(Class::getSimpleName))
                .toList();
    }

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
    record TooWide(
            long c0,
            long c1,
            long c2,
            long c3,
            long c4,
            long c5,
            long c6,
            long c7,
            long c8,
            long c9,
            long c10,
            long c11,
            long c12,
            long c13,
            long c14,
            long c15,
            long c16,
            long c17,
            long c18,
            long c19,
            long c20,
            long c21,
            long c22,
            long c23,
            long c24,
            long c25,
            long c26,
            long c27,
            long c28,
            long c29,
            long c30,
            long c31,
            long c32,
            long c33,
            long c34,
            long c35,
            long c36,
            long c37,
            long c38,
            long c39,
            long c40,
            long c41,
            long c42,
            long c43,
            long c44,
            long c45,
            long c46,
            long c47,
            long c48,
            long c49,
            long c50,
            long c51,
            long c52,
            long c53,
            long c54,
            long c55,
            long c56,
            long c57,
            long c58,
            long c59,
            long c60,
            long c61,
            long c62,
            long c63,
            long c64,
            long c65,
            long c66,
            long c67,
            long c68,
            long c69,
            long c70,
            long c71,
            long c72,
            long c73,
            long c74,
            long c75,
            long c76,
            long c77,
            long c78,
            long c79,
            long c80,
            long c81,
            long c82,
            long c83,
            long c84,
            long c85,
            long c86,
            long c87,
            long c88,
            long c89,
            long c90,
            long c91,
            long c92,
            long c93,
            long c94,
            long c95,
            long c96,
            long c97,
            long c98,
            long c99,
            long c100,
            long c101,
            long c102,
            long c103,
            long c104,
            long c105,
            long c106,
            long c107,
            long c108,
            long c109,
            long c110,
            long c111,
            long c112,
            long c113,
            long c114,
            long c115,
            long c116,
            long c117,
            long c118,
            long c119,
            long c120,
            long c121,
            long c122,
            long c123,
            long c124,
            long c125,
            long c126) {}

    @Mistake
    record TooFineDefault(
            @Default("2026-01-31T10:15:30.000001Z") Instant at) {}

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
