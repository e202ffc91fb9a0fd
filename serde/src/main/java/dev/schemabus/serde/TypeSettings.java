package dev.schemabus.serde;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigException;

/** Which types a deserializer makes, under whichever of their keys they were named. */
final class TypeSettings {

    private static final List<String> KEY_SPELLINGS =
            List.of(SerdeKeys.KEY_TYPE, SerdeKeys.SPECIFIC_AVRO_KEY_TYPE, SerdeKeys.JSON_KEY_TYPE);
    private static final List<String> VALUE_SPELLINGS =
            List.of(SerdeKeys.VALUE_TYPE, SerdeKeys.SPECIFIC_AVRO_VALUE_TYPE, SerdeKeys.JSON_VALUE_TYPE);

    private final Map<String, Object> given;
    private final boolean isKey;

    /**
     * @param given the settings, without nulls
     * @throws ConfigException if one type is named twice
     */
    TypeSettings(Map<String, Object> given, boolean isKey) {
        this.given = given;
        this.isKey = isKey;
        List<String> written = written(given, isKey);
        if (written.size() > 1) {
            throw new ConfigException("Both " + written.get(0) + " and " + written.get(1)
                    + " are set, and they mean the same: keep " + written.get(0));
        }
    }

    /** The keys under which types are named, for keys or for values. */
    static List<String> written(Map<String, ?> given, boolean isKey) {
        return (isKey ? KEY_SPELLINGS : VALUE_SPELLINGS)
                .stream().filter(given::containsKey).toList();
    }

    /** Puts the type, loaded, under our own key, and a class alone into a list. */
    void putInto(Map<String, Object> own) {
        if (given.get(SerdeKeys.EVENT_TYPES) instanceof Class<?> type) {
            own.put(SerdeKeys.EVENT_TYPES, List.of(type));
        }
        for (String key : written(given, isKey)) {
            Object type = given.get(key);
            own.put(
                    isKey ? SerdeKeys.KEY_TYPE : SerdeKeys.VALUE_TYPE,
                    type instanceof String name ? ConfiguredClasses.load(key, name.strip()) : type);
        }
    }

    private static Class<?> eventType(Object type) {
        if (type instanceof Class<?> loaded) {
            return loaded;
        }
        if (type instanceof String name) {
            return ConfiguredClasses.load(SerdeKeys.EVENT_TYPES, name.strip());
        }
        throw new ConfigException(SerdeKeys.EVENT_TYPES, type, "give classes, or their names");
    }

    List<Class<?>> types(AbstractConfig config) {
        List<Class<?>> types = new ArrayList<>();
        Class<?> one = config.getClass(isKey ? SerdeKeys.KEY_TYPE : SerdeKeys.VALUE_TYPE);
        if (one != null) {
            types.add(one);
        }
        if (!isKey) {
            // Untyped: Kafka's parser takes a list for one of texts, whatever is in it.
            List<?> all = config.getList(SerdeKeys.EVENT_TYPES);
            all.forEach(type -> types.add(eventType(type)));
        }
        return List.copyOf(types);
    }
}
