package dev.schemabus.serde;

import dev.schemabus.registry.SchemaId;
import dev.schemabus.schema.EventSchema;
import dev.schemabus.schema.RecordShape;
import dev.schemabus.schema.SchemaGenerator;
import dev.schemabus.schema.Shape;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Which record is made from data of which schema. Decided by the names of the bound types alone: by full name, by alias,
 * or by simple name where only one bound type has it (Avro's resolution ignores namespaces too).
 */
final class TypeBinding<T> {

    private final Map<String, Class<? extends T>> byFullName = new TreeMap<>();
    private final Map<String, Class<? extends T>> byAlias = new HashMap<>();
    private final Map<String, Optional<Class<? extends T>>> bySimpleName = new HashMap<>();

    TypeBinding(SchemaGenerator generator, Collection<Class<? extends T>> types) {
        if (types.isEmpty()) {
            throw new IllegalArgumentException("A reader needs to know which records to make: name at least one type");
        }
        for (Class<? extends T> type : types) {
            Shape shape = generator.shape(type);
            List<RecordShape> records =
                    shape instanceof Shape.OfUnion union ? union.branches() : List.of((RecordShape) shape);
            records.forEach(this::add);
        }
    }

    private void add(RecordShape record) {
        @SuppressWarnings("unchecked") // a record of T, or permitted by a sealed interface of T
        Class<? extends T> type = (Class<? extends T>) record.javaType();
        Class<? extends T> other = byFullName.put(record.fullName(), type);
        if (other == type) {
            return;
        }
        if (other != null) {
            throw new IllegalArgumentException(other.getName() + " and " + type.getName() + " are both named "
                    + record.fullName() + " in schemas: bind one of them, or rename one with @Name");
        }
        for (String alias : record.aliases()) {
            byAlias.put(alias.indexOf('.') < 0 ? namespace(record.fullName()) + alias : alias, type);
        }
        bySimpleName.merge(simpleName(record.fullName()), Optional.of(type), (a, b) -> Optional.empty());
    }

    Class<? extends T> bound(String topic, SchemaId id, EventSchema writerSchema) {
        Optional<String> name = writerSchema.name();
        if (name.isEmpty() && byFullName.size() == 1) {
            return byFullName.values().iterator().next();
        }
        Class<? extends T> type = name.isEmpty() ? null : byFullName.get(name.get());
        if (type == null && name.isPresent()) {
            type = byAlias.get(name.get());
        }
        if (type == null && name.isPresent()) {
            type = bySimpleName
                    .getOrDefault(simpleName(name.get()), Optional.empty())
                    .orElse(null);
        }
        if (type == null) {
            throw new UnboundTypeException("Schema " + id + " on topic " + topic + " describes "
                    + name.orElse("no named record") + ", and only " + byFullName.keySet()
                    + " are bound: add the type (schemabus.event.types, or EventReader.type)");
        }
        return type;
    }

    private static String namespace(String fullName) {
        return fullName.substring(0, fullName.lastIndexOf('.') + 1);
    }

    /** White space is no part of a name; Confluent's JSON serializers write it into titles: {@code Order Placed}. */
    private static String simpleName(String fullName) {
        return fullName.substring(fullName.lastIndexOf('.') + 1).replaceAll("\\s", "");
    }
}
