package dev.schemabus.bus;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** Internal: who waits for something that is away, and for what. Holds no more than is in flight. */
final class Waits {

    private final Map<Object, String> byWaiter = new ConcurrentHashMap<>();

    /** @param what as a sentence without its end, such as {@code Can't ask the schema registry} */
    void add(Object waiter, String what) {
        byWaiter.put(waiter, what);
    }

    void remove(Object waiter) {
        byWaiter.remove(waiter);
    }

    /** What is waited for, and by how many; empty if nothing is. */
    List<String> reasons() {
        return reasons(byWaiter.values());
    }

    private static List<String> reasons(Collection<String> waits) {
        Map<String, Integer> counts = new TreeMap<>();
        waits.forEach(what -> counts.merge(what, 1, Integer::sum));
        return counts.entrySet().stream()
                .map(entry -> entry.getKey() + " (" + entry.getValue() + " waiting)")
                .toList();
    }
}
