package dev.schemabus.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.lang.reflect.AnnotatedElement;
import java.net.URL;
import java.net.URLClassLoader;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Logical types as services. Each loader here sees one directory of {@code services} more than the tests do. */
class InstalledLogicalTypesTest {

    /** Public, because a service of another loader is in another package, whatever its name. */
    public record Weight(long grams) {}

    record Parcel(Weight weight) {}

    public static final class WeightType implements LogicalType<Weight> {
        @Override
        public Class<Weight> javaType() {
            return Weight.class;
        }

        @Override
        public Forms<Weight> forms(AnnotatedElement use) {
            Representation<Weight, Long> grams = Representation.ofLong(Weight::grams, Weight::new);
            return new Forms<>(grams.with("unit", "g"), grams);
        }
    }

    /** Never asked how to write a weight. */
    private abstract static class Unasked implements LogicalType<Weight> {
        @Override
        public Class<Weight> javaType() {
            return Weight.class;
        }

        @Override
        public Forms<Weight> forms(AnnotatedElement use) {
            throw new SchemaException("never asked");
        }
    }

    public static final class OtherWeightType extends Unasked {}

    public static final class BrokenType extends Unasked {
        public BrokenType() {
            throw new IllegalStateException("the scales are broken");
        }
    }

    public static final class SpeechlessType extends Unasked {
        @Override
        public Class<Weight> javaType() {
            throw new IllegalStateException("the scales are broken");
        }
    }

    /** Defines the service and the event of its own, as an application's loader does, rather than asking its parent. */
    private static final class Application extends URLClassLoader {
        Application(String services) {
            super(new URL[] {directory(services)}, InstalledLogicalTypesTest.class.getClassLoader());
        }

        private static URL directory(String services) {
            return Objects.requireNonNull(
                    InstalledLogicalTypesTest.class.getResource("/services/" + services + "/"), services);
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.equals(WeightType.class.getName()) && !name.equals(InstalledParcel.class.getName())) {
                return super.loadClass(name, resolve);
            }
            Class<?> known = findLoadedClass(name);
            if (known != null) {
                return known;
            }
            try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
                byte[] bytes = Objects.requireNonNull(in).readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }

    @Test
    void theStandardGeneratorFindsTheServicesOfAnEventsOwnLoader() throws Exception {
        try (Application application = new Application("one")) {
            Class<?> event = application.loadClass(InstalledParcel.class.getName());

            assertThat(SchemaGenerator.standard()
                            .generate(event, SchemaFormat.AVRO)
                            .text())
                    .contains("{\"type\":\"long\",\"unit\":\"g\"}");
            assertThat(SchemaGenerator.standard()
                            .generate(InstalledParcel.class, SchemaFormat.AVRO)
                            .text())
                    .as("the same record through a loader without the service")
                    .doesNotContain("unit");
        }
    }

    @Test
    void aServiceJoinsTheStandardTypes() throws IOException {
        try (Application application = new Application("one")) {
            LogicalTypes types = LogicalTypes.installed(application);

            assertThat(types.forClass(Duration.class)).isPresent();
            assertThat(types.forClass(Weight.class).orElseThrow().getClass().getName())
                    .isEqualTo(WeightType.class.getName());
            assertThat(SchemaGenerator.standard()
                            .withLogicalTypes(types)
                            .generate(Parcel.class, SchemaFormat.AVRO)
                            .text())
                    .contains("{\"type\":\"long\",\"unit\":\"g\"}");
        }
    }

    @Test
    void withoutServicesThereAreTheStandardTypesAlone() {
        ClassLoader loader = getClass().getClassLoader();

        assertThat(LogicalTypes.installed(loader)).isSameAs(LogicalTypes.standard());
        assertThat(LogicalTypes.installed(null)).isSameAs(LogicalTypes.standard());
    }

    @Test
    void whatIsInUseIsFoundOnce() throws IOException {
        try (Application application = new Application("one")) {
            LogicalTypes types = LogicalTypes.installed(application);

            System.gc();

            assertThat(LogicalTypes.installed(application)).isSameAs(types);
        }
    }

    @Test
    void aLoaderIsNotKeptAlive() throws IOException {
        WeakReference<ClassLoader> loader = discoverAndForget();

        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            while (loader.get() != null) {
                System.gc();
            }
        });
    }

    private static WeakReference<ClassLoader> discoverAndForget() throws IOException {
        try (Application application = new Application("one")) {
            LogicalType<?> found =
                    LogicalTypes.installed(application).forClass(Weight.class).orElseThrow();
            assertThat(found.getClass().getClassLoader()).isSameAs(application);
            return new WeakReference<>(application);
        }
    }

    @Test
    void twoServicesForOneClassAreBothNamed() throws IOException {
        try (Application application = new Application("rivals")) {
            assertThatThrownBy(() -> LogicalTypes.installed(application))
                    .isInstanceOf(SchemaException.class)
                    .hasMessage("Two services are logical types for"
                            + " dev.schemabus.schema.InstalledLogicalTypesTest$Weight:"
                            + " dev.schemabus.schema.InstalledLogicalTypesTest$WeightType and"
                            + " dev.schemabus.schema.InstalledLogicalTypesTest$OtherWeightType. Take one off the class"
                            + " path, or off its META-INF/services/dev.schemabus.schema.LogicalType");
        }
    }

    @Test
    void aServiceThatIsMissingIsNamed() throws IOException {
        try (Application application = new Application("missing")) {
            assertThatThrownBy(() -> LogicalTypes.installed(application))
                    .isInstanceOf(SchemaException.class)
                    .hasMessageContaining("com.acme.Gone not found")
                    .hasMessageContaining("must be a public class with a public constructor without parameters");
        }
    }

    @Test
    void aServiceThatFailsIsNamedWithItsReason() throws IOException {
        try (Application application = new Application("broken")) {
            assertThatThrownBy(() -> LogicalTypes.installed(application))
                    .isInstanceOf(SchemaException.class)
                    .hasMessageContaining("InstalledLogicalTypesTest$BrokenType could not be instantiated"
                            + " (java.lang.IllegalStateException: the scales are broken)");
        }
    }

    @Test
    void aServiceThatDoesNotSayItsClassIsNamed() throws IOException {
        try (Application application = new Application("speechless")) {
            assertThatThrownBy(() -> LogicalTypes.installed(application))
                    .isInstanceOf(SchemaException.class)
                    .hasMessageContaining("InstalledLogicalTypesTest$SpeechlessType.javaType() fails"
                            + " (java.lang.IllegalStateException: the scales are broken)");
        }
    }
}
