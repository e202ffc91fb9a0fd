package dev.schemabus.schema;

import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;

/** What to write instead of a type, or an annotation, that says nothing to a schema. */
final class UnknownTypes {

    private static final Map<Class<?>, String> REPLACEMENTS = Map.ofEntries(
            Map.entry(Number.class, "use int, long, double, or BigDecimal with @Decimal"),
            Map.entry(Date.class, "use java.time.Instant"),
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
        try {
            StrayAnnotations.refuse(use, use.getType());
        } catch (SchemaException e) {
            throw new SchemaException(path + ": " + e.getMessage(), e);
        }
    }
}
