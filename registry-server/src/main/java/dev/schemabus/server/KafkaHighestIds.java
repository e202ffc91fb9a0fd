package dev.schemabus.server;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The highest id that each context ever gave out, as far as the topic tells or told. A version that is deleted for good
 * takes its id with it when Kafka compacts the topic; without this a node that starts then would give it out again,
 * while there is still data written under it.
 */
final class KafkaHighestIds {

    private final Map<String, Integer> highest = new TreeMap<>();
    private Map<String, Integer> kept = Map.of();

    /** Takes note of a change that was read from the topic. */
    synchronized void read(Change change) {
        if (change instanceof Change.SchemaStored stored) {
            raise(QualifiedSubject.of(stored.subject()).context(), stored.id());
        } else if (change instanceof Change.VersionReserved reserved) {
            reserved.id()
                    .ifPresent(
                            id -> raise(QualifiedSubject.of(reserved.subject()).context(), id));
        } else if (change instanceof Change.IdsUsed used) {
            used.highest().forEach(this::raise);
            kept = used.highest();
        }
    }

    private void raise(String context, int id) {
        highest.merge(context, id, Math::max);
    }

    /** What is to be appended before anything may be deleted for good; empty if the topic says it already. */
    synchronized Optional<Change> unkept() {
        return highest.equals(kept) ? Optional.empty() : Optional.of(new Change.IdsUsed(highest));
    }
}
