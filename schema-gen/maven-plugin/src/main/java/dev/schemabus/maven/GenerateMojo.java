package dev.schemabus.maven;

import dev.schemabus.maven.docs.NamedTypes;
import dev.schemabus.maven.javadoc.JavadocTexts;
import dev.schemabus.schema.EventSchema;
import dev.schemabus.schema.SchemaException;
import dev.schemabus.schema.SchemaFormat;
import dev.schemabus.schema.SchemaGenerator;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.plugins.annotations.ResolutionScope;

/**
 * Writes the schemas of the build's events, and the Javadoc of their records as a resource beside the classes, where the
 * schema generator finds it at run time, too.
 */
@Mojo(
        name = "generate",
        defaultPhase = LifecyclePhase.PROCESS_CLASSES,
        requiresDependencyResolution = ResolutionScope.COMPILE_PLUS_RUNTIME,
        threadSafe = true)
@SuppressWarnings("NullAway.Init") // Maven sets the fields
public final class GenerateMojo extends SchemasMojo {

    /** Where the schemas go. */
    @Parameter(
            property = "schemabus.outputDirectory",
            defaultValue = "${project.build.directory}/generated-resources/schemas",
            required = true)
    private File outputDirectory;

    /** Whether Javadoc becomes the schemas' documentation where no <code>@Doc</code> stands. */
    @Parameter(property = "schemabus.javadoc", defaultValue = "true")
    private boolean javadoc;

    @Parameter(defaultValue = "${project.compileSourceRoots}", readonly = true, required = true)
    private List<String> sourceRoots;

    @Parameter(defaultValue = "${project.build.sourceEncoding}", readonly = true)
    private String encoding;

    @Parameter(defaultValue = "${project.build.directory}", readonly = true, required = true)
    private File buildDirectory;

    @Override
    void run(Path classes) throws IOException, MojoExecutionException, MojoFailureException {
        writeJavadoc(classes);
        Map<String, String> files = new LinkedHashMap<>();
        // A new loader: shapes are kept with their classes, and those of the first one know no Javadoc.
        try (BuildClasses build = openClasses()) {
            SchemaGenerator generator = generator();
            List<String> errors = new ArrayList<>();
            for (BuildEvent event : events(build, generator)) {
                for (SchemaFormat format : formats()) {
                    try {
                        EventSchema schema = generator.generate(event.type(), format);
                        files.put(new SchemaFile(event.name(), format).fileName(), SchemaFile.text(schema));
                    } catch (SchemaException e) {
                        errors.add(String.valueOf(e.getMessage()));
                    }
                }
            }
            if (!errors.isEmpty()) {
                throw new MojoFailureException(String.join("\n", errors));
            }
        }
        writeSchemas(files);
    }

    private void writeJavadoc(Path classes) throws IOException, MojoExecutionException, MojoFailureException {
        JavadocResources resources = new JavadocResources(classes);
        if (!javadoc) {
            resources.write(Map.of());
            return;
        }
        try (BuildClasses build = openClasses()) {
            SchemaGenerator generator = generator();
            TreeSet<String> names = new TreeSet<>();
            for (BuildEvent event : events(build, generator)) {
                names.addAll(NamedTypes.binaryNames(generator.shape(event.type())));
            }
            JavadocTexts texts = JavadocTexts.read(
                    sourceRoots.stream().map(Path::of).toList(), names, encoding == null ? "UTF-8" : encoding);
            texts.warnings().forEach(warning -> getLog().warn(warning));
            resources.write(texts.byClass());
        }
    }

    private void writeSchemas(Map<String, String> files) throws IOException {
        Path directory = outputDirectory.toPath();
        TextTable table = new TextTable();
        for (Map.Entry<String, String> file : files.entrySet()) {
            boolean written = write(directory.resolve(file.getKey()), file.getValue());
            table.row(written ? "written" : "unchanged", file.getKey());
        }
        if (Files.isDirectory(directory)) {
            try (Stream<Path> present = Files.list(directory)) {
                for (Path file : present.sorted().toList()) {
                    String name = file.getFileName().toString();
                    if (SchemaFile.named(name).isPresent() && !files.containsKey(name)) {
                        table.row(removed(file) ? "removed" : "not of this build", name);
                    }
                }
            }
        }
        getLog().info("Schemas in " + directory);
        table.lines().forEach(line -> getLog().info("  " + line));
    }

    /** What is left of an earlier build goes, but only where nobody keeps files of their own. */
    private boolean removed(Path file) throws IOException {
        if (!file.toAbsolutePath()
                .normalize()
                .startsWith(buildDirectory.toPath().toAbsolutePath().normalize())) {
            return false;
        }
        Files.delete(file);
        return true;
    }
}
