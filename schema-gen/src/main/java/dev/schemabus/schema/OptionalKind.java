package dev.schemabus.schema;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Java's own classes for a value that may be absent. */
enum OptionalKind {
    OPTIONAL(Optional.class, Object.class) {
        @Override
        @Nullable
        Object open(Object optional) {
            return ((Optional<?>) optional).orElse(null);
        }

        @Override
        Object close(@Nullable Object value) {
            return Optional.ofNullable(value);
        }
    },
    INT(OptionalInt.class, int.class) {
        @Override
        @Nullable
        Object open(Object optional) {
            OptionalInt some = (OptionalInt) optional;
            return some.isPresent() ? some.getAsInt() : null;
        }

        @Override
        Object close(@Nullable Object value) {
            return value == null ? OptionalInt.empty() : OptionalInt.of((Integer) value);
        }
    },
    LONG(OptionalLong.class, long.class) {
        @Override
        @Nullable
        Object open(Object optional) {
            OptionalLong some = (OptionalLong) optional;
            return some.isPresent() ? some.getAsLong() : null;
        }

        @Override
        Object close(@Nullable Object value) {
            return value == null ? OptionalLong.empty() : OptionalLong.of((Long) value);
        }
    },
    DOUBLE(OptionalDouble.class, double.class) {
        @Override
        @Nullable
        Object open(Object optional) {
            OptionalDouble some = (OptionalDouble) optional;
            return some.isPresent() ? some.getAsDouble() : null;
        }

        @Override
        Object close(@Nullable Object value) {
            return value == null ? OptionalDouble.empty() : OptionalDouble.of((Double) value);
        }
    };

    private static final Map<Class<?>, OptionalKind> BY_CLASS =
            Arrays.stream(values()).collect(Collectors.toMap(kind -> kind.javaType, kind -> kind));

    private final Class<?> javaType;
    private final Class<?> held;

    OptionalKind(Class<?> javaType, Class<?> held) {
        this.javaType = javaType;
        this.held = held;
    }

    /** The kind that a class is; null if it is none. */
    static @Nullable OptionalKind of(Class<?> type) {
        return BY_CLASS.get(type);
    }

    /** What it holds; {@link Object} if its type argument says so. */
    Class<?> held() {
        return held;
    }

    /** The value inside; null if there is none. */
    abstract @Nullable Object open(Object optional);

    /** The other way round. */
    abstract Object close(@Nullable Object value);
}
