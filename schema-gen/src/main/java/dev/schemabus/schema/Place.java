package dev.schemabus.schema;

import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.Schema.Field;

/** Where in the schema that a finding is about, and the Java component that is. */
record Place(String path, Optional<String> component) {

    static final Place ROOT = new Place("", Optional.empty());

    /** @param component empty where it isn't known */
    static Place of(String path, String component) {
        return new Place(path, component.isEmpty() ? Optional.empty() : Optional.of(component));
    }

    /** The place one step below. */
    Place at(String step) {
        return new Place(path + '/' + JsonPart.escape(step), component);
    }

    /** The place of a field in an Avro record. */
    Place field(Schema owner, Field field) {
        return new Place(path + "/fields/" + field.pos(), Optional.of(owner.getName() + '.' + field.name()));
    }
}
