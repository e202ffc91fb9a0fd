package dev.schemabus.registry;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/** Tasks of which there is one for each key at a time, waiting or running. */
final class KeyedTasks<K> {

    private final Set<K> keys = ConcurrentHashMap.newKeySet();
    private final Executor executor;

    KeyedTasks(Executor executor) {
        this.executor = executor;
    }

    boolean contains(K key) {
        return keys.contains(key);
    }

    /** Does it elsewhere, unless there is one for that key. */
    void execute(K key, Runnable task) {
        if (keys.add(key)) {
            executor.execute(() -> {
                try {
                    task.run();
                } finally {
                    keys.remove(key);
                }
            });
        }
    }
}
