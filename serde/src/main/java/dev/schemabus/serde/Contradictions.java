package dev.schemabus.serde;

import dev.schemabus.registry.SchemaGuid;
import dev.schemabus.wire.WireFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Pairs of settings that can't both be meant. To let one of them win in silence would be a trap. */
final class Contradictions {

    private static final Logger LOG = LoggerFactory.getLogger(SerdeConfig.class);

    private Contradictions() {}

    /**
     * Refuses settings that contradict each other.
     *
     * @param given the settings as written, without nulls; {@code config} also has the defaults
     * @throws ConfigException if two do; the message names both
     */
    static void refuse(
            Map<String, Object> given,
            AbstractConfig config,
            boolean isKey,
            SchemaSource source,
            WireFormat writeFormat,
            List<Class<?>> types) {
        refuseTwoSources(given, config);
        refuseAnotherName(isKey, source, writeFormat);
        refuseTwoReadings(given, config, isKey, types);
        refuseNoReading(given, config);
        CredentialSources.refuseTwo(given, config);
    }

    private static void refuseTwoSources(Map<String, Object> given, AbstractConfig config) {
        List<String> sources = new ArrayList<>();
        if (config.getInt(SerdeKeys.USE_SCHEMA_ID) >= 0) {
            sources.add(SerdeKeys.USE_SCHEMA_ID);
        }
        if (config.getString(SerdeKeys.USE_SCHEMA_GUID) != null) {
            sources.add(SerdeKeys.USE_SCHEMA_GUID);
        }
        if (!config.getList(SerdeKeys.USE_LATEST_WITH_METADATA).isEmpty()) {
            sources.add(SerdeKeys.USE_LATEST_WITH_METADATA);
        }
        if (config.getBoolean(SerdeKeys.USE_LATEST_VERSION)) {
            sources.add(SerdeKeys.USE_LATEST_VERSION);
        }
        if (sources.size() > 1) {
            throw contradiction(
                    sources.get(0), sources.get(1), "each says which schema to write under: keep one of them");
        }
        // Its default is true, so to say it says nothing: users copy defaults.
        if (!sources.isEmpty()
                && given.containsKey(SerdeKeys.AUTO_REGISTER_SCHEMAS)
                && config.getBoolean(SerdeKeys.AUTO_REGISTER_SCHEMAS)) {
            LOG.info(
                    "{} says which schema to write under, so nothing is registered, although {}=true",
                    sources.get(0),
                    SerdeKeys.AUTO_REGISTER_SCHEMAS);
        }
    }

    /** A record names its schema as the wire format does, and what was configured must be that. */
    private static void refuseAnotherName(boolean isKey, SchemaSource source, WireFormat writeFormat) {
        if (!(source instanceof SchemaSource.Fixed fixed)) {
            return;
        }
        String formatKey = isKey ? SerdeKeys.KEY_SCHEMA_ID_SERIALIZER : SerdeKeys.VALUE_SCHEMA_ID_SERIALIZER;
        boolean guid = fixed.schema() instanceof SchemaGuid;
        if (guid && !writeFormat.namesByGuid()) {
            throw contradiction(
                    SerdeKeys.USE_SCHEMA_GUID,
                    formatKey,
                    "the latter writes ids: set it to HeaderSchemaIdSerializer, or give use.schema.id instead");
        }
        if (!guid && writeFormat.namesByGuid()) {
            throw contradiction(
                    SerdeKeys.USE_SCHEMA_ID, formatKey, "the latter writes GUIDs: give use.schema.guid instead");
        }
    }

    private static void refuseTwoReadings(
            Map<String, Object> given, AbstractConfig config, boolean isKey, List<Class<?>> bound) {
        if (!Boolean.FALSE.equals(config.getBoolean(SerdeKeys.SPECIFIC_AVRO_READER))) {
            return;
        }
        List<String> types = new ArrayList<>(TypeSettings.written(given, isKey));
        if (!isKey && given.containsKey(SerdeKeys.EVENT_TYPES)) {
            types.add(SerdeKeys.EVENT_TYPES);
        }
        if (!types.isEmpty() && !bound.stream().allMatch(TypeBinding::isGeneric)) {
            throw contradiction(
                    SerdeKeys.SPECIFIC_AVRO_READER,
                    types.get(0),
                    "false asks for GenericRecord, and the latter names a type: keep one of them");
        }
        if (given.containsKey(SerdeKeys.UNBOUND)
                && config.getString(SerdeKeys.UNBOUND).equalsIgnoreCase(Unbound.FAIL.name())) {
            throw contradiction(
                    SerdeKeys.SPECIFIC_AVRO_READER,
                    SerdeKeys.UNBOUND,
                    "false asks for GenericRecord, and FAIL refuses it: keep one of them");
        }
    }

    private static void refuseNoReading(Map<String, Object> given, AbstractConfig config) {
        if (Boolean.TRUE.equals(config.getBoolean(SerdeKeys.SPECIFIC_AVRO_READER))
                && config.getString(SerdeKeys.UNBOUND).equalsIgnoreCase(Unbound.GENERIC_RECORD.name())
                && TypeSettings.written(given, true).isEmpty()
                && TypeSettings.written(given, false).isEmpty()
                && !given.containsKey(SerdeKeys.EVENT_TYPES)) {
            throw contradiction(
                    SerdeKeys.SPECIFIC_AVRO_READER,
                    SerdeKeys.UNBOUND,
                    "true asks for types, of which none is named, and GENERIC_RECORD makes none: name them ("
                            + SerdeKeys.VALUE_TYPE + "), or remove the former");
        }
    }

    static ConfigException contradiction(String one, String other, String why) {
        return new ConfigException(one + " and " + other + " contradict each other: " + why);
    }
}
