package dev.schemabus.codec;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Makes records of random components, and of earlier ones of their kind. The same seed makes the same records. */
final class RandomRecords {

    private static final int ENUMS = 4;

    private static final List<String> IMPORTS = List.of(
            "dev.schemabus.schema.*", "java.math.*", "java.time.*", "java.util.*", "org.jspecify.annotations.*");

    private final Random random;

    private RandomRecords(Random random) {
        this.random = random;
    }

    /**
     * Compiles records and loads them.
     *
     * @param folder where the class files go
     */
    static List<Class<?>> load(int count, long seed, Path folder) {
        List<String> names = IntStream.range(0, count).mapToObj(i -> "R" + i).toList();
        compile("random.Records", new RandomRecords(new Random(seed)).source(count), folder, List.of());
        try {
            URLClassLoader loader =
                    new URLClassLoader(new URL[] {folder.toUri().toURL()}, RandomRecords.class.getClassLoader());
            List<Class<?>> loaded = new ArrayList<>();
            for (String name : names) {
                loaded.add(Class.forName("random.Records$" + name, false, loader));
            }
            return loaded;
        } catch (IOException | ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Compiles one file. */
    static void compile(String name, String source, Path folder, List<String> options) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        List<String> all = new ArrayList<>(List.of(
                "-d", folder.toString(), "-classpath", System.getProperty("java.class.path"), "-proc:none", "-nowarn"));
        all.addAll(options);
        URI uri = URI.create("string:///" + name.replace('.', '/') + JavaFileObject.Kind.SOURCE.extension);
        JavaFileObject file = new SimpleJavaFileObject(uri, JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return source;
            }
        };
        try (var files = compiler.getStandardFileManager(null, null, null)) {
            if (!compiler.getTask(null, files, null, all, null, List.of(file)).call()) {
                throw new IllegalArgumentException("doesn't compile:\n" + source);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String source(int count) {
        StringBuilder source = new StringBuilder("package random;\n");
        IMPORTS.forEach(name -> source.append("import ").append(name).append(";\n"));
        source.append("@NullMarked final class Records {\n");
        for (int i = 0; i < ENUMS; i++) {
            source.append("  enum E%d { A, B, %s C }%n".formatted(i, i % 2 == 0 ? "@EnumDefault" : ""));
        }
        source.append("  sealed interface S permits S0, S1, S2 {}\n");
        source.append("  record S0() implements S {}\n");
        source.append("  @Aliases(\"S1Before\") record S1(int a, String b) implements S {}\n");
        source.append("  private record S2(List<S> more) implements S {}\n");
        for (int i = 0; i < count; i++) {
            List<String> components = new ArrayList<>();
            for (int c = random.nextInt(12); c >= 0; c--) {
                components.add(component(i) + " c" + c);
            }
            if (random.nextInt(4) == 0) {
                components.add("@Nullable R" + i + " self");
            }
            String visibility = List.of("public ", "private ", "").get(random.nextInt(3));
            source.append("  %s%srecord R%d(%s) {}%n"
                    .formatted(
                            random.nextInt(3) == 0 ? "@Aliases(\"RBefore" + i + "\") " : "",
                            visibility,
                            i,
                            String.join(", ", components)));
        }
        return source.append("}\n").toString();
    }

    private String component(int known) {
        String alias = random.nextInt(5) == 0 ? "@Aliases(\"before" + random.nextInt(1 << 20) + "\") " : "";
        return alias
                + switch (random.nextInt(12)) {
                    case 0 -> "@Default(\"7\") int";
                    case 1 -> "@Default(\"-1.5\") double";
                    case 2 -> "@Default(\"none\") String";
                    case 3 -> "@Default(\"[]\") List<" + boxed(known, 1) + ">";
                    case 4 -> "@Default(\"A\") E" + random.nextInt(ENUMS);
                    case 5 -> oneOf("@Nullable Integer", "@Nullable String", "byte @Nullable []", "@Nullable Instant");
                    case 6 -> oneOf("OptionalInt", "OptionalLong", "OptionalDouble");
                    case 7 -> oneOf("int[]", "long[]", "double[]", "boolean[]", "float[]", "String[]");
                    default -> oneOf("boolean", "int", "long", "float", "double", boxed(known, 0), boxed(known, 0));
                };
    }

    private String boxed(int known, int depth) {
        return switch (random.nextInt(depth > 2 ? 8 : 13)) {
            case 0 -> oneOf("Integer", "Long", "Boolean");
            case 1 -> oneOf("Float", "Double");
            case 2, 3 -> "String";
            case 4 -> oneOf("Instant", "LocalDate", "UUID", "@Timestamp(Timestamp.Unit.MICROS) Instant", "Duration");
            case 5 ->
                oneOf(
                        "@Decimal(precision = 12, scale = 2) BigDecimal",
                        "@Decimal(precision = 30, scale = 5) BigDecimal",
                        "byte[]");
            case 6 -> oneOf("E0", "E1", "E2", "E3", "S");
            case 7 -> known == 0 ? "String" : "R" + random.nextInt(known);
            case 8 -> "List<" + boxed(known, depth + 1) + ">";
            case 9 -> "Map<" + oneOf("String", "String", "UUID", "Integer") + ", " + boxed(known, depth + 1) + ">";
            case 10 -> depth == 0 ? "Optional<" + boxed(known, 2) + ">" : "Long";
            case 11 -> "Set<" + oneOf("String", "Long", "E1") + ">";
            default -> depth == 0 ? "List<@Nullable " + oneOf("Integer", "String", "Double") + ">" : "Integer";
        };
    }

    private String oneOf(String... types) {
        return types[random.nextInt(types.length)];
    }
}
