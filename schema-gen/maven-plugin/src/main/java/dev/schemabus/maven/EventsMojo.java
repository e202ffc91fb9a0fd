package dev.schemabus.maven;

import dev.schemabus.schema.SchemaGenerator;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Parameter;

/** What the goals have in common: which classes are the events of the build. */
@SuppressWarnings("NullAway.Init") // Maven sets the fields
abstract class EventsMojo extends AbstractMojo {

    @Parameter(defaultValue = "${project.build.outputDirectory}", readonly = true, required = true)
    File classesDirectory;

    @Parameter(defaultValue = "${project.compileClasspathElements}", readonly = true, required = true)
    List<String> compileClassPath;

    @Parameter(defaultValue = "${project.runtimeClasspathElements}", readonly = true, required = true)
    List<String> runtimeClassPath;

    /**
     * Only these classes: patterns over full class names; <code>*</code> stands for any characters but dots, <code>**</code>
     * for any at all. Without one: all events.
     */
    @Parameter(property = "schemabus.includes")
    List<String> includes = List.of();

    /** Not these classes; patterns as in <code>includes</code>. */
    @Parameter(property = "schemabus.excludes")
    List<String> excludes = List.of();

    /** Whether to do nothing. */
    @Parameter(property = "schemabus.skip", defaultValue = "false")
    boolean skip;

    @Override
    public final void execute() throws MojoExecutionException, MojoFailureException {
        if (skip) {
            getLog().info("Skipped (schemabus.skip)");
            return;
        }
        if (!classesDirectory.isDirectory()) {
            getLog().info("No classes, so no events: " + classesDirectory + " isn't there. Compile first");
            return;
        }
        try {
            run(classesDirectory.toPath());
        } catch (IOException e) {
            throw new MojoExecutionException("A file can't be read or written: " + e, e);
        }
    }

    /** Does the goal's work. */
    abstract void run(Path classes) throws IOException, MojoExecutionException, MojoFailureException;

    final BuildClasses openClasses() throws MojoExecutionException {
        Set<String> all = new LinkedHashSet<>(compileClassPath);
        all.addAll(runtimeClassPath);
        return BuildClasses.open(classesDirectory.toPath(), all);
    }

    final List<BuildEvent> events(BuildClasses classes, SchemaGenerator generator)
            throws MojoExecutionException, MojoFailureException {
        List<BuildEvent> events =
                BuildEvent.among(classes.mentioningEvents(), generator, new NamePatterns(includes, excludes));
        if (events.isEmpty()) {
            getLog().warn("No events: no record or sealed interface in " + classesDirectory + " carries @Event"
                    + (includes.isEmpty() && excludes.isEmpty() ? "" : " and passes includes and excludes"));
        }
        return events;
    }

    /** Writes a text unless the file holds it already. */
    static boolean write(Path file, String text) throws IOException {
        if (Files.exists(file) && Files.readString(file).equals(text)) {
            return false;
        }
        if (file.getParent() != null) {
            Files.createDirectories(file.getParent());
        }
        Files.writeString(file, text);
        return true;
    }
}
