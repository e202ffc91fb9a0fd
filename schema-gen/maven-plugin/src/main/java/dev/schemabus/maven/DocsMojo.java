package dev.schemabus.maven;

import dev.schemabus.maven.docs.EventPage;
import dev.schemabus.maven.docs.IndexPage;
import dev.schemabus.maven.docs.Page;
import dev.schemabus.maven.docs.PageFormat;
import dev.schemabus.schema.SchemaException;
import dev.schemabus.schema.SchemaGenerator;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.plugins.annotations.ResolutionScope;

/**
 * Writes a page for each of the build's events, with an example message and its bytes, and an index. The examples are made
 * by the records' own constructors.
 */
@Mojo(
        name = "docs",
        defaultPhase = LifecyclePhase.PREPARE_PACKAGE,
        requiresDependencyResolution = ResolutionScope.COMPILE_PLUS_RUNTIME,
        threadSafe = true)
@SuppressWarnings("NullAway.Init") // Maven sets the fields
public final class DocsMojo extends EventsMojo {

    /** Where the pages go. */
    @Parameter(
            property = "schemabus.docsDirectory",
            defaultValue = "${project.build.directory}/schema-docs",
            required = true)
    private File docsDirectory;

    /** <code>markdown</code> or <code>html</code>. */
    @Parameter(property = "schemabus.docsFormat", defaultValue = "markdown")
    private String docsFormat;

    @Override
    void run(Path classes) throws IOException, MojoExecutionException, MojoFailureException {
        PageFormat format;
        try {
            format = PageFormat.parse(docsFormat);
        } catch (IllegalArgumentException e) {
            throw new MojoExecutionException("docsFormat (schemabus.docsFormat): " + e.getMessage(), e);
        }
        List<Page> pages = new ArrayList<>();
        try (BuildClasses build = openClasses()) {
            SchemaGenerator generator = SchemaGenerator.standard();
            List<Class<?>> records = new ArrayList<>();
            for (BuildEvent event : events(build, generator)) {
                records.add(event.type());
                pages.add(EventPage.of(event.type(), generator));
            }
            pages.add(0, IndexPage.of(records, generator));
        } catch (SchemaException e) {
            throw new MojoFailureException(e.getMessage(), e);
        }
        getLog().info("Pages in " + docsDirectory);
        TextTable table = new TextTable();
        for (Page page : pages) {
            String name = page.fileName(format);
            boolean written = write(docsDirectory.toPath().resolve(name), page.text(format));
            table.row(written ? "written" : "unchanged", name);
        }
        table.lines().forEach(line -> getLog().info("  " + line));
    }
}
