package dev.schemabus.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What works without the libraries that a project need not have. */
class OptionalLibrariesTest {

    /** Run inside a class path of its own. */
    public static final class Probe {
        private Probe() {}

        public static String generate(String dialect) {
            SchemaGenerator generator = SchemaGenerator.standard().withJsonDialect(JsonDialect.valueOf(dialect));
            return generator
                    .generate(GoldenRecords.Paid.class, SchemaFormat.JSON)
                    .text();
        }
    }

    /** The test's own class path, without some packages. */
    private static final class Without extends ClassLoader {

        private final List<String> missing;

        Without(String... missing) {
            super(ClassLoader.getPlatformClassLoader());
            this.missing = List.of(missing);
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            if (missing.stream().anyMatch(name::startsWith)) {
                throw new ClassNotFoundException(name);
            }
            String file = name.replace('.', '/') + ".class";
            try (InputStream in = OptionalLibrariesTest.class.getClassLoader().getResourceAsStream(file)) {
                if (in == null) {
                    throw new ClassNotFoundException(name);
                }
                byte[] bytes = in.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }

        String generate(JsonDialect dialect) throws ReflectiveOperationException {
            return (String) loadClass(Probe.class.getName())
                    .getMethod("generate", String.class)
                    .invoke(null, dialect.name());
        }
    }

    @Test
    void withoutJakartaValidationASchemaIsTheSame() throws Exception {
        Without jakarta = new Without("jakarta.validation.");

        assertThatThrownBy(() -> jakarta.loadClass("jakarta.validation.Constraint"))
                .isInstanceOf(ClassNotFoundException.class);
        assertThat(jakarta.generate(JsonDialect.DRAFT_7)).isEqualTo(Probe.generate("DRAFT_7"));
    }

    @Test
    void withoutTheLibraryForDraft3TheErrorNamesIt() throws Exception {
        Without library = new Without("com.fasterxml.jackson.module.jsonSchema.");

        assertThat(library.generate(JsonDialect.DRAFT_2020_12)).isEqualTo(Probe.generate("DRAFT_2020_12"));
        assertThatThrownBy(() -> library.generate(JsonDialect.DRAFT_3))
                .isInstanceOf(InvocationTargetException.class)
                .cause()
                .hasMessage("JsonDialect.DRAFT_3 is written by a library that is missing here: add"
                        + " com.fasterxml.jackson.module:jackson-module-jsonSchema, or choose another dialect");
    }
}
