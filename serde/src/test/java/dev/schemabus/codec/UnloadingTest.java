package dev.schemabus.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.schemabus.schema.SchemaFormat;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

/** Record classes come and go, as in an application server: their codecs, and what was generated for them, go with them. */
@DisabledIfSystemProperty(named = "schemabus.test.codec", matches = "INTERPRETED", disabledReason = "about classes")
class UnloadingTest {

    private static final int CLASSES = Integer.getInteger("test.classes", 2_000);
    private static final int GROUP = 500;
    private static final long MEBI = 1 << 20;

    private static final byte[] FILE = file();

    /** Loads one class anew. */
    private static final class Redeployment extends ClassLoader {
        Redeployment() {
            super(UnloadingTest.class.getClassLoader());
        }

        Class<?> load() {
            return defineClass(Deployed.class.getName(), FILE, 0, FILE.length);
        }
    }

    private static byte[] file() {
        try (InputStream in = Deployed.class.getResourceAsStream("Deployed.class")) {
            return Objects.requireNonNull(in).readAllBytes();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void recordClassesUnload() {
        use(GROUP);
        awaitNone(use(GROUP));
        long before = metaspace();
        List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
        long most = 0;
        for (int i = 0; i < CLASSES; i += GROUP) {
            loaders.addAll(use(GROUP));
            System.gc();
            most = Math.max(most, metaspace());
        }

        awaitNone(loaders);

        assertThat(metaspace()).as("metaspace afterwards").isLessThan(before + 8 * MEBI);
        assertThat(most).as("metaspace meanwhile").isLessThan(before + 64 * MEBI);
    }

    @Test
    void aCodecThatSomebodyHoldsIsWhatTheControlFinds() {
        Redeployment loader = new Redeployment();
        WeakReference<ClassLoader> held = new WeakReference<>(loader);
        Codec<?> codec = used(loader.load());
        loader = null;

        try {
            for (int i = 0; i < 5; i++) {
                System.gc();
            }

            assertThat(held.get()).as("held by its codec").isNotNull();
        } finally {
            Reference.reachabilityFence(codec);
        }
    }

    private static List<WeakReference<ClassLoader>> use(int count) {
        List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Redeployment loader = new Redeployment();
            Class<?> type = loader.load();
            assertThat(type).isNotSameAs(Deployed.class);
            assertThat(used(type)).isNotNull();
            loaders.add(new WeakReference<>(loader));
        }
        return loaders;
    }

    private static <T> Codec<T> used(Class<T> type) {
        for (SchemaFormat format : SchemaFormat.values()) {
            Codec<T> codec = Codecs.own(type, format);
            // count 3, no times, nothing before
            T value = format == SchemaFormat.AVRO
                    ? Codecs.decode(codec, new byte[] {2, 'a', 6, 0, 0})
                    : Codecs.decode(codec, "{\"name\":\"a\",\"count\":3,\"times\":[]}");
            assertThat(value.getClass()).isSameAs(type);
            // Not by equals: of the classes that call their records' equals, JDK 17 keeps one.
            byte[] payload = codec.encode(value, 0);
            assertThat(codec.encode(Codecs.decode(codec, payload), 0)).isEqualTo(payload);
        }
        return Codecs.own(type, SchemaFormat.AVRO);
    }

    private static void awaitNone(List<WeakReference<ClassLoader>> loaders) {
        assertTimeoutPreemptively(Duration.ofSeconds(30), () -> {
            while (loaders.stream().anyMatch(loader -> loader.get() != null)) {
                System.gc();
            }
        });
    }

    private static long metaspace() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getName().equals("Metaspace"))
                .map(MemoryPoolMXBean::getUsage)
                .mapToLong(usage -> usage.getUsed())
                .sum();
    }
}
