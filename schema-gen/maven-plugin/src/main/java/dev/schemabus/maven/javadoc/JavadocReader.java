package dev.schemabus.maven.javadoc;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads Javadoc. Public because the one implementation, {@link CompilerJavadoc}, has a class loader of its own, and so to Java
 * a package of its own.
 */
public interface JavadocReader {

    /**
     * Reads the classes wanted.
     *
     * @param byClass takes what is found, as in {@link JavadocTexts}
     * @return warnings
     */
    List<String> read(
            List<Path> files, Charset encoding, Set<String> classNames, Map<String, Map<String, String>> byClass)
            throws IOException;
}
