package dev.schemabus.maven;

import dev.schemabus.schema.CompatibilityLevel;
import dev.schemabus.schema.EventSchema;
import dev.schemabus.schema.SchemaException;
import dev.schemabus.schema.SchemaFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.maven.plugin.MojoFailureException;

/** Schemas in a directory under version control, one file for an event and a format. */
final class CommittedSchemas implements Baseline {

    private final Path directory;
    private final String shown;
    private final CompatibilityLevel level;

    /**
     * @param baseDirectory the project's; what lies in it is shown relative to it
     */
    CommittedSchemas(Path directory, Path baseDirectory, CompatibilityLevel level) {
        this.directory = directory;
        this.shown = (directory.startsWith(baseDirectory) ? baseDirectory.relativize(directory) : directory)
                .toString()
                .replace('\\', '/');
        this.level = level;
    }

    @Override
    public Earlier earlier(BuildEvent event, SchemaFormat format, EventSchema schema)
            throws IOException, MojoFailureException {
        String name = new SchemaFile(event.name(), format).fileName();
        Path file = directory.resolve(name);
        String place = shown + "/" + name;
        if (!Files.exists(file)) {
            return new Earlier(place, List.of(), level);
        }
        try {
            return new Earlier(place, List.of(EventSchema.registered(format, Files.readString(file))), level);
        } catch (SchemaException e) {
            throw new MojoFailureException(
                    place + " holds no schema: " + e.getMessage() + ". Restore it from version control", e);
        }
    }

    @Override
    public boolean selfContained() {
        return true;
    }

    @Override
    public String description() {
        return shown + ", " + level;
    }

    /** Takes a schema over. */
    boolean accept(SchemaFile file, EventSchema schema) throws IOException {
        return EventsMojo.write(directory.resolve(file.fileName()), SchemaFile.text(schema));
    }

    /** The schema files that are there, in the order of their names. */
    List<SchemaFile> files() throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        List<SchemaFile> files = new ArrayList<>();
        try (Stream<Path> present = Files.list(directory)) {
            for (Path file : present.sorted().toList()) {
                SchemaFile.named(file.getFileName().toString()).ifPresent(files::add);
            }
        }
        return files;
    }
}
