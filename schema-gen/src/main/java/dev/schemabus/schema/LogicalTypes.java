package dev.schemabus.schema;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The logical types that a {@link SchemaGenerator} knows. An immutable value. */
public final class LogicalTypes {

    private static final LogicalTypes STANDARD = StandardLogicalTypes.all();

    private final Map<Class<?>, LogicalType<?>> byClass;

    private LogicalTypes(Map<Class<?>, LogicalType<?>> byClass) {
        this.byClass = byClass;
    }

    static LogicalTypes none() {
        return new LogicalTypes(Map.of());
    }

    /** Those that come with Schemabus: decimal, instant, date, UUID. */
    public static LogicalTypes standard() {
        return STANDARD;
    }

    /** A copy that also knows the given type; it replaces one for the same class. */
    public LogicalTypes plus(LogicalType<?> type) {
        Map<Class<?>, LogicalType<?>> more = new LinkedHashMap<>(byClass);
        more.put(type.javaType(), type);
        return new LogicalTypes(more);
    }

    Optional<LogicalType<?>> forClass(Class<?> javaType) {
        return Optional.ofNullable(byClass.get(javaType));
    }
}
