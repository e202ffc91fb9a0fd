package dev.schemabus.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A registry without Protobuf schemas pays nothing for them. */
class ProtobufLoadingTest {

    /** Loads everything anew, and notes what it is asked for. */
    private static final class Watching extends URLClassLoader {
        private final Set<String> asked = ConcurrentHashMap.newKeySet();

        Watching(URL[] urls) {
            super(urls, ClassLoader.getPlatformClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            asked.add(name);
            return super.loadClass(name, resolve);
        }

        boolean askedForLibrary() {
            return asked.stream()
                    .anyMatch(name ->
                            name.startsWith("com.squareup.") || name.startsWith("kotlin.") || name.startsWith("okio."));
        }
    }

    private static URL url(String path) {
        try {
            return Path.of(path).toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException(path, e);
        }
    }

    @Test
    void theLibraryIsLoadedWithTheFirstSchema() throws Exception {
        String paths = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        URL[] classPath = Stream.of(paths.split(File.pathSeparator, -1))
                .map(ProtobufLoadingTest::url)
                .toArray(URL[]::new);
        try (Watching loader = new Watching(classPath)) {
            Class<?> dialectClass = loader.loadClass(ProtobufDialect.class.getName());
            var constructor = dialectClass.getDeclaredConstructor();
            constructor.setAccessible(true);
            Object dialect = constructor.newInstance();
            var type = dialectClass.getDeclaredMethod("type");
            type.setAccessible(true);
            assertThat(type.invoke(dialect)).isEqualTo("PROTOBUF");
            assertThat(loader.askedForLibrary()).isFalse();

            Class<?> storedClass = loader.loadClass(StoredSchema.class.getName());
            var stored = storedClass.getDeclaredConstructor(String.class, String.class);
            stored.setAccessible(true);
            var parse = dialectClass.getDeclaredMethod("parse", storedClass, Map.class);
            parse.setAccessible(true);
            parse.invoke(dialect, stored.newInstance("PROTOBUF", "message A {}"), Map.of());
            assertThat(loader.askedForLibrary()).isTrue();
        }
    }
}
