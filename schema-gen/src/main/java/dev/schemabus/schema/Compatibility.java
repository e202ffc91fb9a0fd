package dev.schemabus.schema;

import java.util.List;

/** Judges, offline, whether a new version of a schema may follow the versions before it. */
public final class Compatibility {

    private Compatibility() {}

    /**
     * Checks a new schema against earlier versions.
     *
     * @param level what the new version owes to the earlier ones
     * @param newer the schema that wants to become the next version
     * @param older the earlier versions, oldest first; may be empty. Levels that aren't transitive look at the last
     * @return what stands in the way, empty when compatible
     */
    public static List<Incompatibility> check(CompatibilityLevel level, EventSchema newer, List<EventSchema> older) {
        return List.of();
    }
}
