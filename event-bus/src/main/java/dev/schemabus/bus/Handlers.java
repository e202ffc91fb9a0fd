package dev.schemabus.bus;

import dev.schemabus.schema.EventType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Internal: which handler takes which record class. Every permitted record of a sealed hierarchy has an answer, found
 * out before the first record comes.
 */
final class Handlers<T> {

    /** What a tombstone is called, which has no type. */
    static final String TOMBSTONE = "tombstone";

    private final Map<Class<? extends T>, Answer<T>> byRecord;
    private final @Nullable TombstoneHandler tombstones;
    private final Map<Class<?>, String> names = new HashMap<>();

    /**
     * What was said about a class.
     *
     * @param handler null: read it and do nothing
     */
    record Answer<T>(@Nullable EventHandler<T> handler) {}

    private Handlers(Map<Class<? extends T>, Answer<T>> byRecord, @Nullable TombstoneHandler tombstones) {
        this.byRecord = byRecord;
        this.tombstones = tombstones;
        byRecord.keySet()
                .forEach(record -> names.put(record, EventType.of(record).name()));
    }

    /**
     * Finds the answer for each record: what was said for the class itself, else for the nearest interface.
     *
     * @param root the type subscribed to
     * @param answers what was said, by record or interface
     * @throws BusConfigurationException if a record has no answer, or two that are equally near
     */
    static <T> Handlers<T> resolve(Class<T> root, Map<Class<?>, Answer<T>> answers) {
        Map<Class<? extends T>, Answer<T>> result = new LinkedHashMap<>();
        List<String> missing = new ArrayList<>();
        for (Class<? extends T> record : records(root)) {
            Answer<T> answer = answer(record, answers);
            if (answer == null) {
                missing.add(record.getSimpleName());
            } else {
                result.put(record, answer);
            }
        }
        if (!missing.isEmpty()) {
            throw new BusConfigurationException("The subscription to " + root.getName() + " has no answer for "
                    + String.join(", ", missing) + ": add .on(" + missing.get(0) + ".class, …) or .ignore("
                    + missing.get(0) + ".class) for each, or .on(" + root.getSimpleName() + ".class, …) for all");
        }
        return new Handlers<>(result, null);
    }

    /** The same with a handler for tombstones, or with none. */
    Handlers<T> onTombstone(@Nullable TombstoneHandler handler) {
        return new Handlers<>(byRecord, handler);
    }

    /** Whether nothing is done with tombstones. */
    boolean ignoresTombstones() {
        return tombstones == null;
    }

    /** Hands the deletion of a key to its handler, if there is one. */
    void handleTombstone(String key, Delivered context) throws Exception {
        if (tombstones != null) {
            tombstones.handle(key, context);
        }
    }

    /** The records that may come. */
    Set<Class<? extends T>> records() {
        return byRecord.keySet();
    }

    /** Whether an event of this class is read and nothing done with it. */
    boolean ignores(T event) {
        return answer(event).handler() == null;
    }

    /** What the event's type is called, as in {@code ce_type}. */
    String typeName(T event) {
        return Objects.requireNonNull(names.get(event.getClass()));
    }

    /**
     * Hands an event to its handler.
     *
     * @return false if it is to be ignored
     */
    boolean handle(T event, Delivered context) throws Exception {
        EventHandler<T> handler = answer(event).handler();
        if (handler == null) {
            return false;
        }
        handler.handle(event, context);
        return true;
    }

    private Answer<T> answer(T event) {
        Answer<T> answer = byRecord.get(event.getClass());
        if (answer == null) {
            throw new IllegalStateException(
                    "The reader made a " + event.getClass().getName() + ", which nobody bound");
        }
        return answer;
    }

    /** The records below a type, in the order of declaration. */
    static <T> Set<Class<? extends T>> records(Class<T> root) {
        Set<Class<? extends T>> records = new LinkedHashSet<>();
        collect(root, root, records);
        return records;
    }

    private static <T> void collect(Class<T> root, Class<?> type, Set<Class<? extends T>> records) {
        if (type.isRecord()) {
            records.add(type.asSubclass(root));
        } else if (type.isSealed() && type.isInterface()) {
            for (Class<?> permitted : type.getPermittedSubclasses()) {
                collect(root, permitted, records);
            }
        } else {
            throw new BusConfigurationException("Can't subscribe to " + root.getName() + ": " + type.getName()
                    + " is neither a record nor a sealed interface over records: make it one");
        }
    }

    private static <T> @Nullable Answer<T> answer(Class<?> record, Map<Class<?>, Answer<T>> answers) {
        List<Class<?>> candidates = answers.keySet().stream()
                .filter(type -> type.isAssignableFrom(record))
                .toList();
        for (Class<?> candidate : candidates) {
            if (candidates.stream().allMatch(other -> other.isAssignableFrom(candidate))) {
                return answers.get(candidate);
            }
        }
        if (candidates.isEmpty()) {
            return null;
        }
        throw new BusConfigurationException("The subscription has several answers for " + record.getName() + " ("
                + candidates.stream().map(Class::getSimpleName).toList() + "): add one for the class itself");
    }
}
