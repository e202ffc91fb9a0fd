package dev.schemabus.bus;

import dev.schemabus.schema.Component;
import dev.schemabus.schema.EventType;
import dev.schemabus.schema.RecordShape;
import dev.schemabus.schema.SchemaException;
import dev.schemabus.schema.SchemaGenerator;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Internal: the records of one sealed type that share a topic have a key all or none. One without it would go to any
 * partition and overtake its siblings, which shows only under load.
 */
final class SiblingKeys {

    private SiblingKeys() {}

    /**
     * Looks at a record and its siblings.
     *
     * @throws SchemaException if some have a key and some don't; the message names those without
     */
    static void check(Class<?> record, TopicNaming naming) {
        Optional<Class<?>> root = EventType.sealedRoot(record);
        if (root.isEmpty()) {
            return;
        }
        String topic = TopicNames.of(EventType.of(record), naming);
        List<String> with = new ArrayList<>();
        List<String> without = new ArrayList<>();
        for (Class<?> sibling : records(root.get())) {
            if (topic.equals(TopicNames.of(EventType.of(sibling), naming))) {
                (hasKey(sibling) ? with : without).add(sibling.getSimpleName());
            }
        }
        if (!with.isEmpty() && !without.isEmpty()) {
            throw new SchemaException("Of the records of " + root.get().getSimpleName() + " in topic " + topic + ", "
                    + String.join(", ", with) + " have a @Key component and " + String.join(", ", without)
                    + " have none, so they would be out of order: mark one there too");
        }
    }

    private static boolean hasKey(Class<?> record) {
        return SchemaGenerator.standard().shape(record) instanceof RecordShape shape
                && shape.components().stream().anyMatch(Component::key);
    }

    private static Set<Class<?>> records(Class<?> type) {
        Set<Class<?>> records = new LinkedHashSet<>();
        if (type.isRecord()) {
            records.add(type);
        } else if (type.isSealed()) {
            for (Class<?> permitted : type.getPermittedSubclasses()) {
                records.addAll(records(permitted));
            }
        }
        return records;
    }
}
