package dev.schemabus.server;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What other registries have put into the topic and this one doesn't know, but mustn't lose when it writes the same key.
 *
 * <ul>
 *   <li>Fields of a version, such as {@code md5}: kept as long as the schema stays what it was.
 *   <li>Other spellings of a key, such as {@code "subject":null} for the global settings: to Kafka those are other keys,
 *       so their last value would come back once our own is compacted away. Each write takes them back first.
 * </ul>
 */
final class KafkaForeignParts {

    private record Unknown(StoredSchema schema, ObjectNode fields) {}

    private final Map<String, Unknown> fields = new HashMap<>();
    private final Map<String, Set<String>> spellings = new HashMap<>();

    /** Takes note of a message that was read from the topic. */
    synchronized void read(String keyAsRead, KafkaDecoder.Decoded message) {
        Change change = message.change();
        String key = KafkaKeys.of(change);
        if (change instanceof Change.SchemaStored stored && !message.unknown().isEmpty()) {
            fields.put(key, new Unknown(stored.schema(), message.unknown()));
        } else {
            fields.remove(key);
        }
        if (!keyAsRead.equals(key)) {
            if (takesBack(change)) {
                spellings.computeIfPresent(key, (k, seen) -> {
                    seen.remove(keyAsRead);
                    return seen.isEmpty() ? null : seen;
                });
            } else if (canBeTakenBack(change)) {
                spellings.computeIfAbsent(key, k -> new LinkedHashSet<>()).add(keyAsRead);
            }
        }
    }

    private static boolean takesBack(Change change) {
        return change instanceof Change.SchemaRemoved
                || change instanceof Change.ConfigRemoved
                || change instanceof Change.ModeRemoved;
    }

    private static boolean canBeTakenBack(Change change) {
        return change instanceof Change.SchemaStored
                || change instanceof Change.ConfigStored
                || change instanceof Change.ModeStored;
    }

    /** The messages that say a change, and keep what isn't ours. */
    synchronized List<KafkaMessage> messages(Change change) {
        String key = KafkaKeys.of(change);
        List<KafkaMessage> messages = new ArrayList<>();
        Stream.ofNullable(spellings.get(key))
                .flatMap(Set::stream)
                .forEach(spelling -> messages.add(new KafkaMessage(spelling, null)));
        Unknown unknown = fields.get(key);
        if (unknown != null
                && change instanceof Change.SchemaStored stored
                && stored.schema().equals(unknown.schema())) {
            messages.add(KafkaEncoder.encode(stored, unknown.fields()));
        } else {
            messages.add(KafkaEncoder.encode(change));
        }
        return messages;
    }
}
