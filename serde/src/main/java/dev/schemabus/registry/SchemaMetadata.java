package dev.schemabus.registry;

import java.util.Map;
import java.util.SortedMap;

/**
 * What was said about a schema when it was registered: tags, properties, and which properties are secret. It is passed on
 * as it came, with whatever else is in it.
 *
 * @param json a JSON object; kept without white space and with its members sorted, so that equal ones are equal
 */
public record SchemaMetadata(String json) {

    /** @throws IllegalArgumentException if the text isn't a JSON object */
    public SchemaMetadata {
        json = JsonObjects.sorted("Metadata", json);
    }

    /** Metadata that are properties alone, such as {@code owner=checkout}. */
    public static SchemaMetadata of(Map<String, String> properties) {
        return new SchemaMetadata(JsonObjects.nested("properties", properties));
    }

    /** The properties by name; those that are no texts are left out. */
    public SortedMap<String, String> properties() {
        return JsonObjects.texts(json, "properties");
    }

    @Override
    public String toString() {
        // Properties may be secret.
        return "SchemaMetadata" + properties().keySet();
    }
}
