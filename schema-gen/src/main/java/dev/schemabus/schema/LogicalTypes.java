package dev.schemabus.schema;

import java.lang.invoke.MethodType;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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

    /**
     * Those that come with Schemabus. The names of Avro's logical types are those of its specification, "Logical Types";
     * keywords and formats of JSON Schema are those of draft 7.
     *
     * <table>
     * <caption>What each Java type is written as</caption>
     * <tr><th>Java</th><th>Avro</th><th>JSON Schema</th></tr>
     * <tr><td>{@code byte}, {@code short} and wrappers</td><td>int; reading refuses what is out of range</td>
     * <td>integer, minimum, maximum</td></tr>
     * <tr><td>{@code char}, {@code Character}: one UTF-16 unit, no half of a surrogate pair</td><td>string</td>
     * <td>string, minLength 1, maxLength 1</td></tr>
     * <tr><td>{@code CharSequence}; read as a String</td><td>string</td><td>string</td></tr>
     * <tr><td>{@code ByteBuffer}: from its position to its limit, which stay as they are; read as a new heap buffer</td>
     * <td>bytes</td><td>string, contentEncoding base64</td></tr>
     * <tr><td>{@code BigDecimal} with {@link Decimal}; never rounded</td><td>bytes, decimal; with {@link Fixed}: fixed
     * {@code dev.schemabus.fixed.Decimal_<precision>_<scale>}, the fewest bytes that hold the precision</td>
     * <td>number</td></tr>
     * <tr><td>{@code BigInteger} with {@link Decimal} of scale 0</td><td>as BigDecimal</td><td>number</td></tr>
     * <tr><td>{@code UUID}</td><td>string, uuid; with {@link Fixed}: fixed {@code dev.schemabus.fixed.Uuid} of 16 bytes,
     * the most significant first, uuid</td><td>string, format uuid</td></tr>
     * <tr><td>{@code Instant}</td><td>long, timestamp-millis; by {@link Timestamp}: timestamp-micros,
     * timestamp-nanos</td><td>string, format date-time, years 0 to 9999</td></tr>
     * <tr><td>{@code LocalDate}</td><td>int, date</td><td>string, format date, years 0 to 9999</td></tr>
     * <tr><td>{@code LocalTime}</td><td>int, time-millis; by {@link Timestamp}: long, time-micros</td>
     * <td>string, pattern: {@code 10:15:30.5}</td></tr>
     * <tr><td>{@code LocalDateTime}</td><td>long, local-timestamp-millis; by {@link Timestamp}:
     * local-timestamp-micros, local-timestamp-nanos</td><td>string, pattern: {@code 2026-01-31T10:15:30}</td></tr>
     * <tr><td>{@code OffsetDateTime}: years 0 to 9999, offset in whole minutes</td>
     * <td>string: {@code 2026-01-31T10:15:30+01:00}</td><td>the same string, format date-time</td></tr>
     * <tr><td>{@code ZonedDateTime}</td><td>string: {@code 2026-01-31T10:15:30+01:00[Europe/Paris]}</td>
     * <td>the same string, pattern</td></tr>
     * <tr><td>{@code Duration}</td><td>long, duration-millis; by {@link DurationUnit}: duration-seconds,
     * duration-micros, duration-nanos (names of our own: Avro's {@code duration} is months, days and
     * milliseconds)</td><td>string, pattern: {@code PT1H30M}, {@code -PT0.5S}</td></tr>
     * <tr><td>{@code Year}</td><td>int</td><td>integer, minimum, maximum</td></tr>
     * <tr><td>{@code YearMonth}</td><td>string: {@code 2026-01}</td><td>the same string, pattern</td></tr>
     * <tr><td>{@code URI}: ASCII, absolute or relative</td><td>string</td><td>string, format uri-reference</td></tr>
     * <tr><td>{@code Locale}: one that its BCP 47 tag gives back</td><td>string: {@code de-CH}</td>
     * <td>the same string, pattern</td></tr>
     * <tr><td>{@code Currency}</td><td>string: {@code EUR} (ISO 4217)</td><td>the same string, pattern</td></tr>
     * </table>
     *
     * <p>What is finer than the unit of an Avro count is cut off towards the past (for a Duration: down), so that
     * {@code Instant.now()} can be written; JSON text keeps every nanosecond. Everything else that can't be held is
     * refused.
     */
    public static LogicalTypes standard() {
        return STANDARD;
    }

    /**
     * The {@link #standard} ones and those that a {@link java.util.ServiceLoader} finds as {@link LogicalType} through a
     * class loader; a found one replaces the standard one for its class. Kept as long as they are in use, so asking again
     * costs a look-up.
     *
     * @param loader the event classes' loader; null for the system's
     * @throws SchemaException if two services are for one class, or one can't be loaded; the message names them
     */
    public static LogicalTypes installed(@Nullable ClassLoader loader) {
        return InstalledLogicalTypes.through(loader);
    }

    /** A copy that also knows the given type; it replaces one for the same class. */
    public LogicalTypes plus(LogicalType<?> type) {
        Map<Class<?>, LogicalType<?>> more = new LinkedHashMap<>(byClass);
        more.put(type.javaType(), type);
        return new LogicalTypes(more);
    }

    /** The type for a class; a wrapper class' serves its primitive too. Empty if there is none. */
    public Optional<LogicalType<?>> forClass(Class<?> javaType) {
        LogicalType<?> own = byClass.get(javaType);
        return Optional.ofNullable(
                own != null
                        ? own
                        : byClass.get(MethodType.methodType(javaType).wrap().returnType()));
    }
}
