package dev.schemabus.maven.javadoc;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What Javadoc says about classes.
 *
 * @param byClass by binary class name: the texts by component name, and that of the class itself under {@link #OF_CLASS}
 * @param warnings what couldn't be read, in sentences
 */
public record JavadocTexts(Map<String, Map<String, String>> byClass, List<String> warnings) {

    /** A keyword of Java, so no component has this name. */
    public static final String OF_CLASS = "class";

    /**
     * Reads the Javadoc of some classes. What can't be read becomes a warning: documentation never fails a build.
     *
     * @param sourceRoots directories of sources; those that aren't there don't matter
     * @param classNames the binary names of the classes
     * @param encoding of the sources
     */
    public static JavadocTexts read(List<Path> sourceRoots, Set<String> classNames, String encoding) {
        Map<String, Map<String, String>> byClass = new TreeMap<>();
        try {
            List<Path> files = files(sourceRoots, classNames);
            if (files.isEmpty()) {
                return new JavadocTexts(byClass, List.of());
            }
            List<String> warnings = CompilerAccess.open().read(files, Charset.forName(encoding), classNames, byClass);
            return new JavadocTexts(byClass, warnings);
        } catch (IOException | RuntimeException | LinkageError e) {
            return new JavadocTexts(Map.of(), List.of("The sources' Javadoc can't be read and isn't used: " + e));
        }
    }

    /** The sources in the packages of the classes: a class needn't be in a file of its name. */
    private static List<Path> files(List<Path> sourceRoots, Set<String> classNames) throws IOException {
        Set<Path> files = new TreeSet<>();
        for (Path root : sourceRoots) {
            for (String name : classNames) {
                String packageName = name.substring(0, Math.max(0, name.lastIndexOf('.')));
                Path directory = root.resolve(packageName.replace('.', '/'));
                if (Files.isDirectory(directory)) {
                    try (Stream<Path> present = Files.list(directory)) {
                        present.filter(file -> file.toString().endsWith(".java"))
                                .filter(file -> !file.endsWith("module-info.java"))
                                .forEach(files::add);
                    }
                }
            }
        }
        return List.copyOf(files);
    }
}
