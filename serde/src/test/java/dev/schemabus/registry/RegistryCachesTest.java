package dev.schemabus.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.management.ThreadMXBean;
import dev.schemabus.schema.EventSchema;
import dev.schemabus.schema.SchemaFormat;
import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What the cache costs: memory when anybody may make up ids, and objects when everything is known. */
class RegistryCachesTest {

    private static final EventSchema SCHEMA = EventSchema.of(
            SchemaFormat.AVRO, "{\"type\":\"fixed\",\"name\":\"F\",\"doc\":\"" + "x".repeat(2_000) + "\",\"size\":1}");
    private static final CacheConfig CONFIG = CacheConfig.standard().withBounds(5_000, 4 << 20);

    /** Knows every second id; the network would take hours. */
    private static final SchemaRegistry HALF_KNOWN = new SchemaRegistry() {
        @Override
        public Registration register(Subject subject, EventSchema schema) {
            return new Registration(new SchemaId(1), Optional.empty());
        }

        @Override
        public RegisteredSchema lookup(Subject subject, EventSchema schema) {
            return latest(subject);
        }

        @Override
        public RegisteredSchema latest(Subject subject) {
            return new RegisteredSchema(subject, 1, new SchemaId(1), Optional.empty(), SCHEMA);
        }

        @Override
        public RegisteredSchema latestWith(Subject subject, Map<String, String> metadata) {
            return latest(subject);
        }

        @Override
        public EventSchema byId(SchemaId id) {
            if (id.value() % 2 == 0) {
                throw new SchemaNotFoundException(40403, "Schema " + id + " not found");
            }
            return SCHEMA;
        }

        @Override
        public EventSchema byGuid(SchemaGuid guid) {
            return byId(new SchemaId((int) (guid.value().getLeastSignificantBits() & Integer.MAX_VALUE)));
        }
    };

    private final CacheMeter meter = new CacheMeter();
    private final RegistryCaches caches = new RegistryCaches(
            HALF_KNOWN,
            CONFIG,
            new LastKnown(Optional.empty()),
            meter,
            CacheThreads.of(Runnable::run),
            System::nanoTime);

    @Test
    void aMillionIdsFromNowhereLeaveTheHeapAsItWas() {
        Random random = new Random(5);
        for (int i = 0; i < 100_000; i++) {
            ask(random.nextInt(Integer.MAX_VALUE), i);
        }
        long before = heap();
        for (int i = 0; i < 1_000_000; i++) {
            ask(random.nextInt(Integer.MAX_VALUE), i);
        }

        assertThat(heap() - before).isLessThan(8 << 20);
        RegistryMetrics metrics = caches.metrics(RegistryMetrics.NONE);
        assertThat(metrics.entries()).isLessThanOrEqualTo(5_000 + 10_000);
        assertThat(metrics.bytes()).isBetween(1L << 20, 4L << 20);
        assertThat(metrics.evictions()).isGreaterThan(400_000);
    }

    private void ask(int id, int i) {
        SchemaIdentifier identifier = i % 10 == 0 ? new SchemaGuid(new UUID(i, id)) : new SchemaId(id);
        if (id % 2 == 0) {
            assertThatExceptionOfType(SchemaNotFoundException.class).isThrownBy(() -> ask(identifier));
        } else {
            ask(identifier);
        }
    }

    private EventSchema ask(SchemaIdentifier identifier) {
        return identifier instanceof SchemaGuid guid ? caches.byGuid(guid) : caches.byId((SchemaId) identifier);
    }

    private static long heap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    @Test
    void toFindASchemaMakesNoObject() {
        SchemaId id = new SchemaId(7);
        SchemaGuid guid = new SchemaGuid(new UUID(0, 7));
        Subject subject = new Subject("orders-value");

        assertThat(bytesPerCall(() -> caches.byId(id))).isZero();
        assertThat(bytesPerCall(() -> caches.byGuid(guid))).isZero();
        assertThat(bytesPerCall(() -> caches.latest(subject))).isZero();
        assertThat(bytesPerCall(() -> caches.register(subject, SCHEMA))).isZero();
        assertThat(bytesPerCall(() -> caches.lookup(subject, SCHEMA))).isZero();
    }

    private static long bytesPerCall(Runnable call) {
        int times = 200_000;
        repeat(call, times); // until it is compiled
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        repeat(call, times);
        return (threads.getCurrentThreadAllocatedBytes() - before) / times;
    }

    private static void repeat(Runnable call, int times) {
        for (int i = 0; i < times; i++) {
            call.run();
        }
    }

    @Test
    void whatARegistrySaysAtLengthIsNotRememberedAtLength() {
        Misses<String, SchemaNotFoundException> misses = new Misses<>(
                Misses.Kind.NOT_FOUND,
                new Bounds(10, 100_000),
                String::length,
                CONFIG.missingIdTtl(),
                System::nanoTime,
                meter);
        for (int i = 0; i < 2; i++) {
            SchemaNotFoundException failure = catchThrowableOfType(
                    SchemaNotFoundException.class,
                    () -> misses.get("key", () -> {
                        throw new SchemaNotFoundException(40403, "x".repeat(8 << 20));
                    }));
            assertThat(String.valueOf(failure.getMessage()).length()).isEqualTo(i == 0 ? 8 << 20 : 2_001);
        }
    }

    @Test
    void longMessagesLeaveRoomForFew() {
        Misses<String, SchemaRefusedException> misses = new Misses<>(
                Misses.Kind.REFUSED,
                new Bounds(10_000, 10_000),
                String::length,
                CONFIG.missingIdTtl(),
                System::nanoTime,
                meter);
        for (int i = 0; i < 100; i++) {
            String key = "key" + i;
            assertThatExceptionOfType(SchemaRefusedException.class)
                    .isThrownBy(() -> misses.get(key, () -> {
                        throw new SchemaRefusedException(409, "x".repeat(1_000));
                    }));
        }

        assertThat(misses.size()).isBetween(1L, 5L);
        assertThat(misses.bytes()).isLessThanOrEqualTo(10_000);
    }
}
