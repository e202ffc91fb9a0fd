package dev.schemabus.maven;

import dev.schemabus.schema.CompatibilityLevel;
import dev.schemabus.schema.EventSchema;
import dev.schemabus.schema.SchemaFormat;
import java.io.IOException;
import java.util.List;
import org.apache.maven.plugin.MojoFailureException;

/** What the schemas of a build are compared with. */
interface Baseline {

    /**
     * What stands there for an event.
     *
     * @param schema the schema that the build has
     */
    Earlier earlier(BuildEvent event, SchemaFormat format, EventSchema schema) throws IOException, MojoFailureException;

    /** Whether schemas stand there without references, each complete in itself. */
    boolean selfContained();

    /** Where it is, as the end of "checked against …". */
    String description();

    /**
     * The earlier versions of a schema.
     *
     * @param place the file or the subject
     * @param versions oldest first; empty for a new event
     * @param level what the build's schema owes to them
     */
    record Earlier(String place, List<EventSchema> versions, CompatibilityLevel level) {}
}
