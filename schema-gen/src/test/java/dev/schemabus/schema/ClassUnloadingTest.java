package dev.schemabus.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ClassUnloadingTest {

    /** Loads one class anew, as an application server does when it deploys an application again. */
    private static final class Redeployment extends ClassLoader {
        Redeployment() {
            super(ClassUnloadingTest.class.getClassLoader());
        }

        Class<?> load(Class<?> original) throws IOException {
            String file = original.getName().substring(original.getName().lastIndexOf('.') + 1) + ".class";
            try (InputStream in = original.getResourceAsStream(file)) {
                byte[] bytes = in == null ? new byte[0] : in.readAllBytes();
                return defineClass(original.getName(), bytes, 0, bytes.length);
            }
        }
    }

    @Test
    void aGeneratorDoesNotKeepAClassAlive() throws IOException {
        SchemaGenerator generator = SchemaGenerator.standard().withLogicalTypes(LogicalTypes.standard());

        WeakReference<Class<?>> copy = generateForACopy(generator);

        try {
            assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
                while (copy.get() != null) {
                    System.gc();
                }
            });
        } finally {
            Reference.reachabilityFence(generator);
        }
    }

    private static WeakReference<Class<?>> generateForACopy(SchemaGenerator generator) throws IOException {
        Class<?> copy = new Redeployment().load(Redeployed.class);
        assertThat(copy).isNotSameAs(Redeployed.class);
        for (SchemaFormat format : SchemaFormat.values()) {
            assertThat(generator.generate(copy, format).text()).isNotEmpty();
        }
        return new WeakReference<>(copy);
    }
}
