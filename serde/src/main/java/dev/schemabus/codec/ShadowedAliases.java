package dev.schemabus.codec;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.avro.Schema;

/**
 * A schema without the aliases of fields that a writer has beside the field itself: who renames a field may write both names
 * for a while, and then the name counts. Avro would rename the old one, and find the name twice.
 */
final class ShadowedAliases {

    /** The fields of the writer's records, by the full name of the record. */
    private final Map<String, Set<String>> written = new HashMap<>();

    private final Map<String, Schema> copies = new HashMap<>();

    private ShadowedAliases() {}

    /** A copy of the schema for data of a writer. */
    static Schema removed(Schema own, Schema writer) {
        ShadowedAliases aliases = new ShadowedAliases();
        aliases.collect(writer);
        return aliases.copy(own);
    }

    private void collect(Schema writer) {
        switch (writer.getType()) {
            case RECORD -> {
                if (!written.containsKey(writer.getFullName())) {
                    Set<String> names = new HashSet<>();
                    written.put(writer.getFullName(), names);
                    writer.getFields().forEach(field -> {
                        names.add(field.name());
                        collect(field.schema());
                    });
                }
            }
            case ARRAY -> collect(writer.getElementType());
            case MAP -> collect(writer.getValueType());
            case UNION -> writer.getTypes().forEach(this::collect);
            default -> {
                // has no fields
            }
        }
    }

    private Schema copy(Schema own) {
        return switch (own.getType()) {
            case RECORD -> record(own);
            case ARRAY -> with(own, Schema.createArray(copy(own.getElementType())));
            case MAP -> with(own, Schema.createMap(copy(own.getValueType())));
            case UNION ->
                Schema.createUnion(own.getTypes().stream().map(this::copy).toList());
            default -> own;
        };
    }

    private Schema record(Schema own) {
        Schema known = copies.get(own.getFullName());
        if (known != null) {
            return known;
        }
        Schema copy = Schema.createRecord(own.getFullName(), own.getDoc(), null, own.isError());
        copies.put(own.getFullName(), copy);
        own.getAliases().forEach(copy::addAlias);
        copy.setFields(own.getFields().stream().map(field -> field(own, field)).toList());
        return with(own, copy);
    }

    private Schema.Field field(Schema record, Schema.Field own) {
        Schema.Field copy = new Schema.Field(own.name(), copy(own.schema()), own.doc(), own.defaultVal(), own.order());
        own.aliases().stream()
                .filter(alias -> !isShadowed(record, own.name(), alias))
                .forEach(copy::addAlias);
        copy.addAllProps(own);
        return copy;
    }

    private boolean isShadowed(Schema record, String name, String alias) {
        Set<String> names = new HashSet<>(record.getAliases());
        names.add(record.getFullName());
        return names.stream()
                .map(each -> written.getOrDefault(each, Set.of()))
                .anyMatch(fields -> fields.contains(name) && fields.contains(alias));
    }

    private static Schema with(Schema own, Schema copy) {
        copy.addAllProps(own);
        return copy;
    }
}
