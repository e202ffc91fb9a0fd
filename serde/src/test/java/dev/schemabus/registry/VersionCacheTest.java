package dev.schemabus.registry;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.schemabus.schema.EventSchema;
import dev.schemabus.schema.SchemaFormat;
import dev.schemabus.schema.SchemaReference;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Finding a schema's id in a subject, from one thread and from many. */
class VersionCacheTest {

    private static final int SUBJECTS = 64;

    private final VersionCache<String> cache =
            new VersionCache<>(new Bounds(1_000, 1 << 20), Duration.ofSeconds(20), new CacheMeter());
    private final List<Subject> subjects = new ArrayList<>();
    private final EventSchema one = EventSchema.of(SchemaFormat.AVRO, "\"string\"");
    private final EventSchema other = EventSchema.of(SchemaFormat.AVRO, "\"long\"");

    VersionCacheTest() {
        for (int i = 0; i < SUBJECTS; i++) {
            Subject subject = new Subject("orders-" + i);
            subjects.add(subject);
            cache.load(new VersionKey.Kept(subject, one), () -> "one in " + subject.name());
            cache.load(new VersionKey.Kept(subject, other), () -> "other in " + subject.name());
        }
    }

    @Test
    void subjectAndSchemaBothCount() {
        assertThat(cache.find(subjects.get(3), one)).isEqualTo("one in orders-3");
        assertThat(cache.find(subjects.get(3), other)).isEqualTo("other in orders-3");
        assertThat(cache.find(new Subject("orders-3"), EventSchema.of(SchemaFormat.AVRO, "\"string\"")))
                .isEqualTo("one in orders-3");
        assertThat(cache.find(new Subject("nowhere"), one)).isNull();
        assertThat(cache.find(subjects.get(3), EventSchema.of(SchemaFormat.AVRO, "\"int\"")))
                .isNull();
    }

    @Test
    void findingAgainMakesNoObjectAlsoWithReferences() {
        EventSchema referred =
                EventSchema.of(SchemaFormat.AVRO, "{\"type\":\"record\",\"name\":\"Leaf\",\"fields\":[]}");
        EventSchema referring = EventSchema.of(
                SchemaFormat.AVRO,
                "{\"type\":\"record\",\"name\":\"Top\",\"fields\":[{\"name\":\"a\",\"type\":\"Leaf\"}]}",
                List.of(new SchemaReference("Leaf", referred)));
        Subject subject = subjects.get(0);
        cache.load(new VersionKey.Kept(subject, referring), () -> "referring");
        find(subject, referring, 20_000);

        ThreadMXBean threads = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);
        long before = threads.getCurrentThreadAllocatedBytes();
        find(subject, referring, 100_000);
        // Now and then the cache drains what it noted of reads; an object each would be megabytes.
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(500_000);
    }

    private void find(Subject subject, EventSchema schema, int times) {
        for (int i = 0; i < times; i++) {
            if (cache.find(subject, schema) == null) {
                throw new AssertionError("not found");
            }
        }
    }

    @Test
    void manyThreadsFindEachTheirOwn() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(64);
        try {
            List<Future<Integer>> wrong = new ArrayList<>();
            for (int thread = 0; thread < 64; thread++) {
                int first = thread;
                wrong.add(threads.submit(() -> {
                    int missed = 0;
                    for (int i = 0; i < 5_000; i++) {
                        Subject subject = subjects.get((first + i) % SUBJECTS);
                        missed += ("one in " + subject.name()).equals(cache.find(subject, one)) ? 0 : 1;
                    }
                    return missed;
                }));
            }
            for (Future<Integer> missed : wrong) {
                assertThat(missed.get()).isZero();
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
