package dev.schemabus.schema;

import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Modifier;
import java.math.BigInteger;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;

/** What to write instead of a type, or an annotation, that says nothing to a schema. */
final class UnknownTypes {

    private static final Map<Class<?>, String> REPLACEMENTS = Map.ofEntries(
            Map.entry(byte.class, "use int"),
            Map.entry(Byte.class, "use Integer"),
            Map.entry(short.class, "use int"),
            Map.entry(Short.class, "use Integer"),
            Map.entry(char.class, "use String"),
            Map.entry(Character.class, "use String"),
            Map.entry(CharSequence.class, "use String"),
            Map.entry(Number.class, "use int, long, double, or BigDecimal with @Decimal"),
            Map.entry(BigInteger.class, "use long, or BigDecimal with @Decimal(precision)"),
            Map.entry(Date.class, "use java.time.Instant"),
            Map.entry(LocalDateTime.class, "use java.time.Instant, which names one moment everywhere"),
            Map.entry(OffsetDateTime.class, "use java.time.Instant"),
            Map.entry(ZonedDateTime.class, "use java.time.Instant, and a String for the zone if it matters"),
            Map.entry(Duration.class, "use long, with the unit in the component's name"),
            Map.entry(Iterable.class, "use List or Collection"),
            Map.entry(ArrayList.class, "use List"),
            Map.entry(HashMap.class, "use Map"));

    private UnknownTypes() {}

    static String remedy(Class<?> type) {
        String name = type.getTypeName();
        String replacement = REPLACEMENTS.get(type);
        if (replacement != null) {
            return name + " has no known shape: " + replacement;
        }
        if (type == Object.class) {
            return "java.lang.Object says nothing about the data: name a record, a sealed interface or a plain type";
        }
        if (type.isInterface() || Modifier.isAbstract(type.getModifiers())) {
            return name + " has no known shape: use a sealed interface over records (or List, Map for collections),"
                    + " or add a LogicalType for it with LogicalTypes.plus(…)";
        }
        return name + " has no known shape: make it a record, use a known type (String, int, long, double, boolean,"
                + " byte[], BigDecimal, Instant, LocalDate, UUID, an enum, List, Set, Map, an array, Optional), or add a LogicalType"
                + " for it with LogicalTypes.plus(…)";
    }

    /** An annotation beside the type it is meant for would be passed over without a word. */
    static void refuseStrayAnnotations(AnnotatedType use, String path) {
        if (use.isAnnotationPresent(Decimal.class)) {
            throw stray(
                    path, "@Decimal", use, "a BigDecimal, as in List<@Decimal(precision = 12, scale = 2) BigDecimal>");
        }
        if (use.isAnnotationPresent(Timestamp.class)) {
            throw stray(path, "@Timestamp", use, "an Instant, as in Optional<@Timestamp(MICROS) Instant>");
        }
    }

    private static SchemaException stray(String path, String annotation, AnnotatedType use, String home) {
        String type = use.getType().getTypeName();
        return new SchemaException(
                path + ": " + annotation + " says nothing about " + type + ": it stands in front of " + home);
    }
}
