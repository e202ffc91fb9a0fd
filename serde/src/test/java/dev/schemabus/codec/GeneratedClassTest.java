package dev.schemabus.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.schemabus.schema.EventSchema;
import dev.schemabus.schema.SchemaException;
import dev.schemabus.schema.SchemaFormat;
import dev.schemabus.schema.SchemaGenerator;
import java.io.IOException;
import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which records get a class of their own, and what happens to those that can't. */
@DisabledIfSystemProperty(named = "schemabus.test.codec", matches = "INTERPRETED", disabledReason = "compares both")
class GeneratedClassTest {

    private static final CodecFactory FACTORY =
            new CodecFactory(SchemaGenerator.standard()).withMode(CodecMode.GENERATED);

    @TempDir
    private Path folder;

    private record Hidden(int number, Innermost innermost) {
        private record Innermost(Mode mode, Optional<Mode> second) {}
    }

    private enum Mode {
        ON {
            @Override
            public String toString() {
                return "on";
            }
        },
        OFF {
            @Override
            public String toString() {
                return "off";
            }
        }
    }

    record Box<T>(T content, List<T> more) {}

    record Boxes(
            Box<Hidden> hidden, Box<Mode> modes, Box<List<Mode>> lists, Box<Mode[]> arrays, Box<Box<String>> boxes) {}

    record Ping(@Nullable Pong pong, List<Pong> pongs) {}

    record Pong(Optional<Ping> ping, Map<String, Ping> pings) {}

    record Empty() {}

    private sealed interface Animal permits Cat, Dog {}

    private record Cat(int lives) implements Animal {}

    private record Dog(String name, @Nullable Animal hunts) implements Animal {}

    private record Zoo(Animal star, List<Animal> others, Set<Animal> all, Map<String, Animal> byName) {}

    @ParameterizedTest
    @ValueSource(
            classes = {
                Hidden.class,
                Hidden.Innermost.class,
                Boxes.class,
                Ping.class,
                Pong.class,
                Empty.class,
                Animal.class,
                Zoo.class,
                Shop.Everything.class
            })
    void recordsOfAllKindsHaveOne(Class<?> type) throws ReflectiveOperationException {
        assertGenerated(type);
    }

    @Test
    void soHaveWideRecords() throws Exception {
        for (String component : List.of("int", "Integer", "String", "Optional<List<String>>", "Map<String, Integer>")) {
            assertGenerated(wide(component, 253));
        }
        assertGenerated(wide("long", 126));
        assertGenerated(wide("Wide.Part", 253));
    }

    private Class<?> wide(String component, int count) throws Exception {
        String name = "wide" + component.replaceAll("\\W", "") + count;
        String components =
                IntStream.range(0, count).mapToObj(i -> component + " c" + i).collect(Collectors.joining(", "));
        return load(
                name + ".Wide",
                "package " + name + "; import java.util.*; record Wide(" + components
                        + ") { private record Part(boolean flag, double number) {} }",
                GeneratedClassTest.class.getClassLoader());
    }

    @Test
    void soHaveRecordsOfAClassLoaderThatSeesThisLibrary() throws Exception {
        Class<?> type = load("child.Root", """
                package child;
                import java.util.*;
                record Root(Part part, List<Part> parts, Optional<Root> next, Kind kind, Animal animal) {
                    private record Part(String text) {}
                    private enum Kind { A { }, B }
                    private sealed interface Animal permits Cat, Dog {}
                    private record Cat() implements Animal {}
                    private record Dog(Kind kind) implements Animal {}
                }
                """, GeneratedClassTest.class.getClassLoader());

        assertGenerated(type);
    }

    /** The class of the array is seen by the class that fills the type variable, and not by the generic record. */
    @Test
    void aGenericRecordMayHoldWhatItCannotSee() throws Exception {
        Class<?> type = load("child.Filled", """
                package child;
                import dev.schemabus.codec.*;
                import java.util.*;
                record Filled(
                        Frame<Kind> one, Frame<Kind[]> array, Frame<Part[]> records, Frame<List<Kind[]>> list, Frame<Part> part) {
                    private enum Kind { A, B }
                    private record Part(Kind kind) {}
                }
                """, GeneratedClassTest.class.getClassLoader());

        assertWorks(type);
    }

    /** Fields without number that nobody wants are more than one method can hold. */
    @Test
    void aWriterMayHaveHadAnyNumberOfFields() throws ReflectiveOperationException {
        String fields = IntStream.range(0, 30_000)
                .mapToObj(i -> "{\"name\":\"f" + i + "\",\"type\":\"string\"}")
                .collect(Collectors.joining(","));
        EventSchema schema = EventSchema.of(
                SchemaFormat.AVRO,
                "{\"type\":\"record\",\"name\":\"Empty\",\"namespace\":\"" + GeneratedClassTest.class.getName()
                        + "\",\"fields\":[" + fields + "]}");

        Decoder<Empty> decoder = FACTORY.decoder(Empty.class, schema);

        assertThat(Codecs.decode(decoder, new byte[30_000])).isEqualTo(new Empty());
        assertThatThrownBy(() -> Codecs.decode(decoder, new byte[29_999]))
                .isInstanceOf(MalformedPayloadException.class);
    }

    @Test
    void aModuleThatOpensItsPackageHasThem() throws Exception {
        assertGenerated(inModule("opens com.acme.shop;"));
    }

    @Test
    void aModuleThatDoesNotIsToldHowTo() throws Exception {
        Class<?> type = inModule("exports com.acme.shop;");

        assertThatThrownBy(() -> FACTORY.codec(type, Codecs.schema(type, SchemaFormat.AVRO)))
                .isInstanceOf(SchemaException.class)
                .hasMessageContaining("opens com.acme.shop");
    }

    private Class<?> inModule(String directive) throws Exception {
        Path module = folder.resolve("module");
        RandomRecords.compile("com.acme.shop.Order", """
                package com.acme.shop;
                import java.util.*;
                public record Order(String id, List<Line> lines, Optional<Order> before) {
                    private record Line(int count, Kind kind) {}
                    private enum Kind { BOOK, TEA }
                }
                """, module, List.of());
        RandomRecords.compile(
                "module-info",
                "module com.acme { " + directive + " }",
                module,
                List.of("--patch-module", "com.acme=" + module));
        ModuleFinder finder = ModuleFinder.of(module);
        ModuleLayer boot = ModuleLayer.boot();
        Configuration configuration = boot.configuration().resolve(finder, ModuleFinder.of(), Set.of("com.acme"));
        Class<?> type = boot.defineModulesWithOneLoader(configuration, GeneratedClassTest.class.getClassLoader())
                .findLoader("com.acme")
                .loadClass("com.acme.shop.Order");
        assertThat(type.getModule().getName()).isEqualTo("com.acme");
        return type;
    }

    @Test
    void aRecordWhoseLoaderDoesNotSeeThisLibraryIsInterpreted() throws Exception {
        Class<?> type = load(
                "alone.Order",
                "package alone; public record Order(String id, int count) {}",
                ClassLoader.getPlatformClassLoader());

        assertThat(generated(FACTORY.decoder(type, Codecs.schema(type, SchemaFormat.AVRO))))
                .isNull();
        assertThat(generated(FACTORY.encoder(type, Codecs.schema(type, SchemaFormat.AVRO))))
                .isNull();
        assertWorks(type);
        assertThatThrownBy(() -> RecordHost.of(type))
                .isInstanceOf(UngeneratableException.class)
                .hasMessage("the class loader of alone.Order doesn't see this library, or sees another copy");
    }

    @Test
    void soIsOneWhoseLoaderHasACopyOfThisLibrary() throws Exception {
        URL[] own = {
            AvroInput.class.getProtectionDomain().getCodeSource().getLocation(),
            folder.toUri().toURL()
        };
        compile("alone.Copied", "package alone; public record Copied(String id, int count) {}");
        Class<?> type = new URLClassLoader(own, ClassLoader.getPlatformClassLoader()).loadClass("alone.Copied");

        assertWorks(type);
        assertThatThrownBy(() -> RecordHost.of(type)).hasMessageEndingWith("sees another copy");
    }

    @Test
    void inInterpretedModeThereIsNone() throws ReflectiveOperationException {
        CodecFactory interpreted = FACTORY.withMode(CodecMode.INTERPRETED);

        assertThat(generated(interpreted.decoder(Zoo.class, Codecs.schema(Zoo.class, SchemaFormat.AVRO))))
                .isNull();
        assertThat(generated(interpreted.encoder(Zoo.class, Codecs.schema(Zoo.class, SchemaFormat.AVRO))))
                .isNull();
    }

    private Class<?> load(String name, String source, ClassLoader parent) throws IOException, ClassNotFoundException {
        compile(name, source);
        return Class.forName(
                name, false, new URLClassLoader(new URL[] {folder.toUri().toURL()}, parent));
    }

    private void compile(String name, String source) {
        RandomRecords.compile(name, source, folder, List.of());
    }

    private static void assertGenerated(Class<?> type) throws ReflectiveOperationException {
        EventSchema schema = Codecs.schema(type, SchemaFormat.AVRO);
        for (Object codec : List.of(FACTORY.decoder(type, schema), FACTORY.encoder(type, schema))) {
            assertThat(generated(codec))
                    .as("%s of %s", codec, type)
                    .isNotNull()
                    .matches(made -> made.getClass().isHidden());
        }
        assertWorks(type);
    }

    /** The codec, if it is generated. */
    private static @Nullable Object generated(Object codec) {
        return codec.getClass().isHidden() ? codec : null;
    }

    private static <T> void assertWorks(Class<T> type) {
        EventSchema schema = Codecs.schema(type, SchemaFormat.AVRO);
        Codec<T> generated = FACTORY.codec(type, schema);
        Codec<T> interpreted = FACTORY.withMode(CodecMode.INTERPRETED).codec(type, schema);
        for (long seed = 0; seed < 5; seed++) {
            T value = new RandomValues(seed).next(type);
            byte[] payload = generated.encode(value, 0);
            assertThat(payload).isEqualTo(interpreted.encode(value, 0));
            assertThat(Codecs.decode(generated, payload))
                    .usingRecursiveComparison()
                    .isEqualTo(value);
            assertThat(interpreted.encode(Codecs.decode(generated, payload), 0)).isEqualTo(payload);
        }
    }
}
