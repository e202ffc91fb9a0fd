package dev.schemabus.schema;

import java.io.File;
import java.lang.reflect.Modifier;
import java.net.URL;
import java.nio.file.Path;
import java.time.Period;
import java.time.ZoneId;
import java.util.Calendar;
import java.util.Collection;
import java.util.Date;
import java.util.GregorianCalendar;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.TimeZone;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.BaseStream;
import org.jspecify.annotations.Nullable;

/** What to write instead of a type that says nothing to a schema. */
final class UnknownTypes {

    private static final Map<Class<?>, String> REPLACEMENTS = Map.ofEntries(
            Map.entry(Number.class, "use int, long, double, or BigDecimal with @Decimal"),
            Map.entry(Date.class, "use java.time.Instant"),
            Map.entry(Calendar.class, "use java.time.Instant"),
            Map.entry(GregorianCalendar.class, "use java.time.Instant"),
            Map.entry(TimeZone.class, "use a String such as Europe/Paris"),
            Map.entry(ZoneId.class, "use a String such as Europe/Paris"),
            Map.entry(Period.class, "use an int of days or months"),
            Map.entry(StringBuilder.class, "use String"),
            Map.entry(URL.class, "use java.net.URI"),
            Map.entry(File.class, "use String"),
            Map.entry(Path.class, "use String"),
            Map.entry(AtomicInteger.class, "use int"),
            Map.entry(AtomicLong.class, "use long"),
            Map.entry(AtomicBoolean.class, "use boolean"),
            Map.entry(Void.class, "drop the component"),
            Map.entry(Map.Entry.class, "use a record with a key and a value"));

    /** Of the module java.sql, which a program needn't have. */
    private static final Map<String, String> REPLACEMENTS_BY_NAME = Map.of(
            "java.sql.Timestamp", "use java.time.Instant",
            "java.sql.Date", "use java.time.LocalDate",
            "java.sql.Time", "use java.time.LocalTime");

    private UnknownTypes() {}

    private static @Nullable String replacement(Class<?> type) {
        if (Map.class.isAssignableFrom(type)) {
            return "use Map";
        }
        if (Set.class.isAssignableFrom(type)) {
            return "use Set";
        }
        if (Collection.class.isAssignableFrom(type)
                || type == Iterable.class
                || type == Iterator.class
                || BaseStream.class.isAssignableFrom(type)) {
            return "use List";
        }
        String known = REPLACEMENTS.get(type);
        return known == null ? REPLACEMENTS_BY_NAME.get(type.getName()) : known;
    }

    static String remedy(Class<?> type) {
        String name = type.getTypeName();
        String replacement = replacement(type);
        if (replacement != null) {
            return name + " has no known shape: " + replacement;
        }
        if (type == Object.class) {
            return "java.lang.Object says nothing about the data: name a record, a sealed interface or a plain type";
        }
        if (type.isSealed()) {
            return name + " is a sealed class, which may hold data of its own: make it a sealed interface over records";
        }
        if (type.isInterface() || Modifier.isAbstract(type.getModifiers())) {
            return name + " has no known shape: use a sealed interface over records (or List, Map for collections),"
                    + " or add a LogicalType for it with LogicalTypes.plus(…)";
        }
        return name + " has no known shape: make it a record, use a known type (String, int, long, double, boolean,"
                + " byte[], BigDecimal, Instant, LocalDate, UUID, an enum, List, Set, Map, an array, Optional),"
                + " or add a LogicalType for it with LogicalTypes.plus(…)";
    }
}
