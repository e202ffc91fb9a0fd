package dev.schemabus.serde;

import dev.schemabus.schema.EventSchema;
import dev.schemabus.schema.RecordShape;
import dev.schemabus.schema.SchemaFormat;
import dev.schemabus.schema.SchemaGenerator;
import dev.schemabus.schema.Shape;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/**
 * Which type is made from data of which schema. Decided by the names of the bound types alone: by full name, by alias, or by
 * simple name where only one bound type has it (Avro's resolution ignores namespaces too). The writer's schema only picks
 * among them; no class is looked for by its name.
 */
final class TypeBinding<T> {

    private final Map<String, Class<? extends T>> byFullName = new TreeMap<>();
    private final Map<String, Class<? extends T>> byAlias = new HashMap<>();
    private final Map<String, Optional<Class<? extends T>>> bySimpleName = new HashMap<>();
    private boolean generic;

    TypeBinding(SchemaGenerator generator, Collection<Class<? extends T>> types, Unbound unbound) {
        if (types.isEmpty() && unbound == Unbound.FAIL) {
            throw new IllegalArgumentException("A reader needs to know which records to make: name at least one type");
        }
        generic = unbound == Unbound.GENERIC_RECORD;
        for (Class<? extends T> type : types) {
            if (isGeneric(type)) {
                generic = true;
            } else if (SpecificRecord.class.isAssignableFrom(type)) {
                add(type);
            } else {
                Shape shape = generator.shape(type);
                List<RecordShape> records =
                        shape instanceof Shape.OfUnion union ? union.branches() : List.of((RecordShape) shape);
                records.forEach(this::add);
            }
        }
    }

    /** Whether it is GenericRecord, or what else stands for Avro's generic records. */
    static boolean isGeneric(Class<?> type) {
        return type.isAssignableFrom(GenericData.Record.class) && IndexedRecord.class.isAssignableFrom(type);
    }

    private void add(RecordShape record) {
        @SuppressWarnings("unchecked") // a record of T, or permitted by a sealed interface of T
        Class<? extends T> type = (Class<? extends T>) record.javaType();
        add(type, record.fullName(), record.aliases());
    }

    private void add(Class<? extends T> specific) {
        Schema schema = new SpecificData(specific.getClassLoader()).getSchema(specific);
        add(specific, schema.getFullName(), schema.getAliases());
    }

    private void add(Class<? extends T> type, String fullName, Collection<String> aliases) {
        Class<? extends T> other = byFullName.put(fullName, type);
        if (other == type) {
            return;
        }
        if (other != null) {
            throw new IllegalArgumentException(other.getName() + " and " + type.getName() + " are both named "
                    + fullName + " in schemas: bind one of them, or rename one with @Name");
        }
        for (String alias : aliases) {
            byAlias.put(alias.indexOf('.') < 0 ? namespace(fullName) + alias : alias, type);
        }
        bySimpleName.merge(simpleName(fullName), Optional.of(type), (a, b) -> Optional.empty());
    }

    /** The type for data of a schema; empty if there is none. A union at the root has one for each of its branches. */
    Optional<Class<? extends T>> bound(EventSchema writerSchema) {
        Optional<String> name = writerSchema.name();
        if (name.isEmpty()) {
            return byFullName.size() == 1 && writerSchema.branches().isEmpty()
                    ? Optional.of(byFullName.values().iterator().next())
                    : Optional.empty();
        }
        Optional<Class<? extends T>> type = Optional.ofNullable(byFullName.get(name.get()));
        return type.or(() -> Optional.ofNullable(byAlias.get(name.get())))
                .or(() -> bySimpleName.getOrDefault(simpleName(name.get()), Optional.empty()))
                .or(() -> generic && writerSchema.format() == SchemaFormat.AVRO
                        ? Optional.of(genericRecord())
                        : Optional.empty());
    }

    @SuppressWarnings("unchecked") // whoever asks for generic records says that T can be one
    private Class<? extends T> genericRecord() {
        return (Class<? extends T>) GenericRecord.class;
    }

    /** The error for a schema that is bound to nothing. */
    UnboundTypeException unbound(EventSchema writerSchema) {
        List<EventSchema> branches = writerSchema.branches();
        String described = branches.isEmpty()
                ? named(writerSchema)
                : "a union of " + branches.stream().map(TypeBinding::named).toList();
        return generic
                ? Remedies.neitherBoundNorGeneric(writerSchema.format() + " data, " + described, byFullName.keySet())
                : Remedies.unbound(described, byFullName.keySet());
    }

    private static String named(EventSchema schema) {
        return schema.name().orElse("no named record");
    }

    private static String namespace(String fullName) {
        return fullName.substring(0, fullName.lastIndexOf('.') + 1);
    }

    /** White space is no part of a name; Confluent's JSON serializers write it into titles: {@code Order Placed}. */
    private static String simpleName(String fullName) {
        return fullName.substring(fullName.lastIndexOf('.') + 1).replaceAll("\\s", "");
    }
}
