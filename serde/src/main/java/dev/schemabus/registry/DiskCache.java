package dev.schemabus.registry;

import com.github.benmanes.caffeine.cache.Cache;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Questions and answers of one registry, in memory and in a {@link CacheFile}. It is read once and written behind: nobody
 * waits for a disk. When that fails, it says so once and goes on without. What there is no room for in memory is in the file
 * only, where nobody looks for it: a file is for as much as fits into memory.
 */
final class DiskCache {

    private static final Logger LOG = LoggerFactory.getLogger(DiskCache.class);

    /** Where a file gets no larger: some ten thousand schemas. */
    static final int MAX_BYTES = 64 << 20;

    private final CacheFile file;
    private final String registry;
    private final Executor background;
    private final Cache<String, String> entries;
    private final ConcurrentLinkedQueue<CacheFile.Entry> unwritten = new ConcurrentLinkedQueue<>();
    private volatile Optional<String> problem = Optional.empty();

    /**
     * Reads what is there.
     *
     * @param name the registry's: a file may hold the entries of several
     * @param memory about how many bytes of it may be in memory
     * @param background where it is written
     */
    DiskCache(Path path, String name, long memory, Executor background) {
        this.entries = new Bounds(Integer.MAX_VALUE, memory)
                .<String, String>cache((key, value) -> Weights.entry() + key.length() + value.length())
                .build();
        this.file = new CacheFile(path, MAX_BYTES);
        this.registry = nameOf(name);
        this.background = background;
        try {
            CacheFile.Contents contents = file.read();
            contents.entries().forEach(entry -> {
                if (entry.registry().equals(registry)) {
                    entries.put(entry.key(), entry.value());
                }
            });
            if (contents.unreadable() > 0) {
                LOG.warn(
                        "{} lines of the registry cache {} are damaged, cut off or of another version and were dropped;"
                                + " the registry will be asked again",
                        contents.unreadable(),
                        path);
            }
            if (contents.isWorthRewriting()) {
                background.execute(() -> tryTo(file::rewrite));
            }
        } catch (CacheFileException e) {
            off(e);
        }
    }

    /** The same registry may be written with its URLs in another order. */
    private static String nameOf(String name) {
        String[] urls = name.split(", ");
        Arrays.sort(urls);
        return DiskEntries.hash(String.join(", ", urls)).substring(0, 16);
    }

    Optional<String> get(String key) {
        return Optional.ofNullable(entries.getIfPresent(key));
    }

    boolean holds(String key, String value) {
        return value.equals(entries.getIfPresent(key));
    }

    /** Keeps an answer, in place of what was there. */
    void put(String key, String value) {
        if (!value.equals(entries.asMap().put(key, value))) {
            write(new CacheFile.Entry(registry, key, value));
        }
    }

    /** Drops all entries of this registry. */
    void forget() {
        entries.invalidateAll();
        write(new CacheFile.Entry(registry, CacheFile.FORGET, ""));
    }

    private void write(CacheFile.Entry entry) {
        if (problem.isEmpty()) {
            unwritten.add(entry);
            background.execute(() -> tryTo(this::writeAll));
        }
    }

    private void writeAll() throws CacheFileException {
        List<CacheFile.Entry> batch = new ArrayList<>();
        for (CacheFile.Entry entry = unwritten.poll(); entry != null; entry = unwritten.poll()) {
            batch.add(entry);
        }
        if (!batch.isEmpty() && problem.isEmpty()) {
            file.append(batch);
        }
    }

    private interface Task {
        void run() throws CacheFileException;
    }

    private void tryTo(Task task) {
        try {
            if (problem.isEmpty()) {
                task.run();
            }
        } catch (CacheFileException e) {
            off(e);
        }
    }

    private synchronized void off(CacheFileException e) {
        if (problem.isEmpty()) {
            problem = Optional.of(String.valueOf(e.getMessage()));
            unwritten.clear();
            LOG.warn(
                    "{}. Nothing more is written there until the next start; the service goes on, and what was read is"
                            + " used",
                    e.getMessage());
        }
    }

    /** About how many bytes are in memory. */
    long bytes() {
        entries.cleanUp();
        return Bounds.bytes(entries);
    }

    /** Why nothing is written any more. */
    Optional<String> problem() {
        return problem;
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
