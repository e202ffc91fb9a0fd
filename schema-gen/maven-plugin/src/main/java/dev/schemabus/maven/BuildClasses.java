package dev.schemabus.maven;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;

/**
 * The compiled classes of a build, loaded without being initialised. Their loader's parent is the plugin's, so that the
 * annotations on them are those that the plugin knows.
 */
final class BuildClasses implements AutoCloseable {

    /** How a class file spells the annotation; one that doesn't hold this text has no such annotation. */
    private static final String EVENT = "Ldev/schemabus/schema/Event;";

    private final Path directory;
    private final URLClassLoader loader;

    private BuildClasses(Path directory, URLClassLoader loader) {
        this.directory = directory;
        this.loader = loader;
    }

    /**
     * Opens the classes of a directory.
     *
     * @param classPath all that they may refer to: directories and jars
     */
    static BuildClasses open(Path directory, Collection<String> classPath) throws MojoExecutionException {
        try {
            List<URL> urls = new ArrayList<>();
            urls.add(directory.toUri().toURL());
            for (String element : classPath) {
                urls.add(Path.of(element).toUri().toURL());
            }
            return new BuildClasses(
                    directory, new URLClassLoader(urls.toArray(URL[]::new), BuildClasses.class.getClassLoader()));
        } catch (IOException e) {
            throw new MojoExecutionException("The class path of the build has an entry that is no file: " + e, e);
        }
    }

    /** The classes that carry {@code @Event}, or at least mention it, in the order of their names. */
    List<Class<?>> mentioningEvents() throws MojoExecutionException, MojoFailureException {
        List<Class<?>> classes = new ArrayList<>();
        List<String> broken = new ArrayList<>();
        for (String name : names()) {
            try {
                classes.add(loader.loadClass(name));
            } catch (ClassNotFoundException | LinkageError e) {
                broken.add(name + " can't be loaded: " + why(e));
            }
        }
        if (!broken.isEmpty()) {
            throw new MojoFailureException(String.join("\n", broken));
        }
        return classes;
    }

    /** What a failure to load means for the author of the build. */
    static String why(Throwable e) {
        if (e instanceof NoClassDefFoundError || e instanceof ClassNotFoundException) {
            return "it needs " + String.valueOf(e.getMessage()).replace('/', '.')
                    + ", which is not on the class path of the build. Add the dependency that has it (compile, provided"
                    + " or runtime)";
        }
        if (e instanceof TypeNotPresentException absent) {
            return "it needs " + absent.typeName() + ", which is not on the class path of the build. Add the dependency"
                    + " that has it (compile, provided or runtime)";
        }
        if (e instanceof UnsupportedClassVersionError) {
            return e.getMessage() + ". Run Maven on the JDK that compiles the classes, or a newer one";
        }
        return e.toString();
    }

    private List<String> names() throws MojoExecutionException {
        List<String> names = new ArrayList<>();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".class")).toList()) {
                if (new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(EVENT)) {
                    String relative = directory.relativize(file).toString();
                    names.add(relative.substring(0, relative.length() - ".class".length())
                            .replace(file.getFileSystem().getSeparator(), "."));
                }
            }
        } catch (IOException e) {
            throw new MojoExecutionException("The classes in " + directory + " can't be read: " + e, e);
        }
        names.sort(null);
        return names;
    }

    @Override
    public void close() throws MojoExecutionException {
        try {
            loader.close();
        } catch (IOException e) {
            throw new MojoExecutionException("The class loader of the build can't be closed: " + e, e);
        }
    }
}
