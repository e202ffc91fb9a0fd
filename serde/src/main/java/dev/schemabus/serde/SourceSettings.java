package dev.schemabus.serde;

import dev.schemabus.registry.SchemaGuid;
import dev.schemabus.registry.SchemaId;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigException;

/** Which schema records are written under: the first of these keys that says something. */
final class SourceSettings {

    private SourceSettings() {}

    static SchemaSource source(AbstractConfig config) {
        int id = config.getInt(SerdeKeys.USE_SCHEMA_ID);
        String guid = config.getString(SerdeKeys.USE_SCHEMA_GUID);
        Map<String, String> metadata = metadata(config.getList(SerdeKeys.USE_LATEST_WITH_METADATA));
        if (id >= 0) {
            return new SchemaSource.Fixed(new SchemaId(id));
        }
        if (guid != null) {
            return new SchemaSource.Fixed(guid(guid));
        }
        if (!metadata.isEmpty()) {
            return new SchemaSource.Latest(metadata);
        }
        if (config.getBoolean(SerdeKeys.USE_LATEST_VERSION)) {
            return SchemaSource.LATEST;
        }
        return config.getBoolean(SerdeKeys.AUTO_REGISTER_SCHEMAS) ? SchemaSource.REGISTER : SchemaSource.LOOKUP;
    }

    /** Whether the chosen schema must be able to read what the type means. */
    static boolean strict(AbstractConfig config, SchemaSource source) {
        return config.getBoolean(
                source instanceof SchemaSource.Fixed
                        ? SerdeKeys.ID_COMPATIBILITY_STRICT
                        : SerdeKeys.LATEST_COMPATIBILITY_STRICT);
    }

    private static SchemaGuid guid(String text) {
        try {
            return SchemaGuid.parse(text);
        } catch (IllegalArgumentException e) {
            throw new ConfigException(SerdeKeys.USE_SCHEMA_GUID + ": " + e.getMessage());
        }
    }

    private static Map<String, String> metadata(List<String> pairs) {
        Map<String, String> metadata = new TreeMap<>();
        for (String pair : pairs) {
            int equals = pair.indexOf('=');
            if (equals <= 0) {
                throw new ConfigException(
                        SerdeKeys.USE_LATEST_WITH_METADATA,
                        pair,
                        "write name=value, several separated by commas, such as application.version=v1");
            }
            String name = pair.substring(0, equals).strip();
            String value = pair.substring(equals + 1).strip();
            String other = metadata.put(name, value);
            if (other != null && !other.equals(value)) {
                throw new ConfigException(SerdeKeys.USE_LATEST_WITH_METADATA + " wants " + name + " to be " + other
                        + " and " + value + ": keep one of them");
            }
        }
        return metadata;
    }
}
