package dev.schemabus.serde;

import dev.schemabus.codec.Limits;
import dev.schemabus.registry.CacheConfig;
import dev.schemabus.registry.RegistryConfig;
import dev.schemabus.registry.RetryConfig;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Width;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/** Every key with its type, default and meaning: the one place that says so. {@code docs/configuration.md} is made of it. */
final class SerdeDefinition {

    /** Begins the part of a key's documentation that says where it differs from Confluent's serdes, and why. */
    static final String DIFFERS = " Differs from Confluent's serdes: ";

    private final ConfigDef definition = new ConfigDef();
    private String section = "";
    private int order;

    private SerdeDefinition() {}

    static ConfigDef make() {
        SerdeDefinition made = new SerdeDefinition();
        made.registry();
        SecurityDefinition.add(made);
        made.writing();
        made.wire();
        made.reading();
        made.json();
        made.codecs();
        return made.definition;
    }

    private void registry() {
        section = "The registry";
        key(
                SerdeKeys.SCHEMA_REGISTRY_URL,
                ConfigDef.Type.LIST,
                List.of(),
                null,
                "One URL or several separated by commas, tried in order. In tests `memory:any-name`. Required.");
        key(
                SerdeKeys.PROXY_HOST,
                ConfigDef.Type.STRING,
                "",
                null,
                "The HTTP proxy that every request to the registry goes through. Otherwise the JVM's"
                        + " (`https.proxyHost`).");
        count(SerdeKeys.PROXY_PORT, -1, -1, "The proxy's port.");
        millis(
                SerdeKeys.HTTP_CONNECT_TIMEOUT_MS,
                RegistryConfig.DEFAULT_CONNECT_TIMEOUT.toMillis(),
                "The longest wait for one connection to the registry." + DIFFERS
                        + "60000 there, which outlasts a consumer's poll interval when several URLs are down.");
        millis(
                SerdeKeys.HTTP_READ_TIMEOUT_MS,
                RegistryConfig.DEFAULT_READ_TIMEOUT.toMillis(),
                "The longest wait for one answer of the registry." + DIFFERS
                        + "60000 there, which outlasts a consumer's poll interval when several URLs hang.");
        millis(
                SerdeKeys.DEADLINE_MS,
                RegistryConfig.DEFAULT_DEADLINE.toMillis(),
                "The longest wait for one registry call altogether, over all URLs and attempts.");
        RetryConfig retries = RetryConfig.standard();
        count(
                SerdeKeys.MAX_RETRIES,
                retries.retries(),
                0,
                "How often a call to which no URL answered is made again, within the deadline. After five failures in"
                        + " a row the registry isn't asked for 5 s, and then by one call first; what is known goes on"
                        + " working.");
        millisFromZero(
                SerdeKeys.RETRIES_WAIT_MS,
                retries.firstWait().toMillis(),
                "The longest wait before the first retry; it doubles from retry to retry. Each wait is drawn at random"
                        + " from zero to that, or is what the registry asks for (`Retry-After`).");
        millisFromZero(
                SerdeKeys.RETRIES_MAX_WAIT_MS,
                retries.maxWait().toMillis(),
                "What the longest wait doesn't grow beyond.");
        CacheConfig caches = CacheConfig.standard();
        count(
                SerdeKeys.CACHE_ENTRIES,
                caches.maxEntries(),
                1,
                "How many schemas and ids are kept. All serializers and deserializers of a JVM whose settings for the"
                        + " registry are equal share one cache.");
        key(
                SerdeKeys.CACHE_BYTES,
                ConfigDef.Type.LONG,
                caches.maxBytes(),
                ConfigDef.Range.atLeast(1),
                "About how many bytes they may take; what is in memory of the cache's file may take as many"
                        + " again.");
        key(
                SerdeKeys.CACHE_FILE,
                ConfigDef.Type.STRING,
                null,
                SerdeDefinition::requirePath,
                "A file in which schemas and ids are kept, too, readable for its owner alone: with it a service starts"
                        + " while the registry is away, as long as it meets what it has met before and"
                        + " schemabus.registry.cache.bytes has room for what the file holds of that registry: the rest"
                        + " isn't read. Several registries and processes may share one.");
        count(SerdeKeys.LATEST_CACHE_SIZE, caches.latestSize(), 0, "How many latest versions are kept.");
        seconds(
                SerdeKeys.LATEST_CACHE_TTL_SEC,
                caches.latestTtl().toSeconds(),
                -1,
                "How long a latest version is written under before the registry is asked again; -1 for ever, 0 asks for"
                        + " every record.");
        seconds(
                SerdeKeys.MISSING_ID_CACHE_TTL_SEC,
                caches.missingIdTtl().toSeconds(),
                0,
                "How long the registry isn't asked again for an id or GUID that it doesn't know." + DIFFERS
                        + "0 there; a poisoned topic would ask for every record.");
        seconds(
                SerdeKeys.MISSING_VERSION_CACHE_TTL_SEC,
                caches.missingVersionTtl().toSeconds(),
                0,
                "How long it isn't asked again for the latest version of a subject that has none.");
        seconds(
                SerdeKeys.MISSING_SCHEMA_CACHE_TTL_SEC,
                caches.missingSchemaTtl().toSeconds(),
                0,
                "How long it isn't asked again for a schema that a subject doesn't hold.");
    }

    private void writing() {
        section = "Which schema a record is written under";
        count(
                SerdeKeys.USE_SCHEMA_ID,
                -1,
                -1,
                "The id of the one schema to write everything under; -1 for none. Registers nothing.");
        key(
                SerdeKeys.USE_SCHEMA_GUID,
                ConfigDef.Type.STRING,
                null,
                null,
                "As `use.schema.id`, by GUID, for records that carry their schema's GUID in a header.");
        flag(
                SerdeKeys.ID_COMPATIBILITY_STRICT,
                true,
                "With `use.schema.id` or `use.schema.guid`: refuse to write a type that this schema couldn't read.");
        key(
                SerdeKeys.USE_LATEST_WITH_METADATA,
                ConfigDef.Type.LIST,
                List.of(),
                null,
                "Write under the subject's latest version among those whose metadata has all of these properties, such"
                        + " as `application.version=v1`. Registers nothing.");
        flag(
                SerdeKeys.USE_LATEST_VERSION,
                false,
                "Write under the subject's latest version. Registers nothing." + DIFFERS
                        + "there it is ignored in silence as long as `auto.register.schemas` is true, its default.");
        flag(
                SerdeKeys.LATEST_COMPATIBILITY_STRICT,
                true,
                "With `use.latest.version` or `use.latest.with.metadata`: refuse to write a type that the latest"
                        + " version couldn't read.");
        flag(
                SerdeKeys.AUTO_REGISTER_SCHEMAS,
                true,
                "Register the schema of a type when it is first written. Otherwise it must be there already, or the"
                        + " latest version differ in docs and key order only.");
        flag(
                SerdeKeys.REGISTER_REFERENCES,
                true,
                "Register the schemas of `@Shared` types under subjects of their own, which are called by the type's"
                        + " full name, and have others refer to them. Otherwise they are written out wherever they are"
                        + " used, for registries that know no references, or where nothing may be written to other"
                        + " subjects.");
        flag(
                SerdeKeys.NORMALIZE_SCHEMAS,
                false,
                "Ask the registry to compare schemas in their normal form when registering and looking up.");
        for (String key : List.of(SerdeKeys.KEY_SUBJECT_NAME_STRATEGY, SerdeKeys.VALUE_SUBJECT_NAME_STRATEGY)) {
            key(
                    key,
                    ConfigDef.Type.STRING,
                    "TopicNameStrategy",
                    null,
                    "How subjects are named: `TopicNameStrategy`, `RecordNameStrategy`, `TopicRecordNameStrategy`,"
                            + " Confluent's class names, or a class that implements `SubjectNaming`.");
        }
        key(
                SerdeKeys.CONTEXT_NAME_STRATEGY,
                ConfigDef.Type.STRING,
                "NullContextNameStrategy",
                SerdeDefinition::requireNoContext,
                "No context is the only choice: for another, end `schema.registry.url` in `/contexts/<its name>`."
                        + DIFFERS + "a class there; a URL says the same for ids, subjects and GUIDs alike.");
    }

    private void wire() {
        section = "What records look like";
        key(
                SerdeKeys.FORMAT,
                ConfigDef.Type.STRING,
                "avro",
                null,
                "The language a serializer writes, `avro` or `json`. A deserializer reads both.");
        for (String key : List.of(SerdeKeys.KEY_SCHEMA_ID_SERIALIZER, SerdeKeys.VALUE_SCHEMA_ID_SERIALIZER)) {
            key(
                    key,
                    ConfigDef.Type.STRING,
                    "PrefixSchemaIdSerializer",
                    null,
                    "Where a record names its schema: `PrefixSchemaIdSerializer` (`PREFIX_ID`, the id in front of the"
                            + " payload), `HeaderSchemaIdSerializer` (`HEADER_GUID`, the GUID in a header), Confluent's"
                            + " class names, or a class that implements `WireFormat`.");
        }
        for (String key : List.of(SerdeKeys.KEY_SCHEMA_ID_DESERIALIZER, SerdeKeys.VALUE_SCHEMA_ID_DESERIALIZER)) {
            key(
                    key,
                    ConfigDef.Type.STRING,
                    "DualSchemaIdDeserializer",
                    null,
                    "Where a deserializer looks for it: `DualSchemaIdDeserializer` (`DUAL`, the header if the record"
                            + " has one, otherwise the prefix), `PrefixSchemaIdDeserializer` (`PREFIX_ID`),"
                            + " `HEADER_GUID`, Confluent's class names, or a class that implements `WireFormat`.");
        }
        key(
                SerdeKeys.INTEGRITY_HEADER,
                ConfigDef.Type.STRING,
                "NONE",
                ConfigDef.CaseInsensitiveValidString.in("NONE", "CRC32C"),
                "`CRC32C` makes a serializer send a checksum of the payload in a header. A deserializer compares it"
                        + " wherever there is one, whatever is set here.");
        flag(
                SerdeKeys.INTEGRITY_CHECK,
                true,
                "Whether a deserializer compares a payload with the checksum in its header, where there is one."
                        + " `false` is for topics whose payloads somebody changes on the way without removing the"
                        + " header.");
    }

    private void reading() {
        section = "What a deserializer makes";
        String alike = "Also spelt ";
        key(
                SerdeKeys.KEY_TYPE,
                ConfigDef.Type.CLASS,
                null,
                null,
                "The record that keys become. " + alike + "`specific.avro.key.type`, `json.key.type`.");
        key(
                SerdeKeys.VALUE_TYPE,
                ConfigDef.Type.CLASS,
                null,
                null,
                "The record, or sealed interface, that values become. " + alike
                        + "`specific.avro.value.type`, `json.value.type`." + DIFFERS
                        + "no type is ever taken from a schema, a payload or a header.");
        key(
                SerdeKeys.EVENT_TYPES,
                ConfigDef.Type.LIST,
                List.of(),
                null,
                "The records and sealed interfaces that values become, separated by commas.");
        key(
                SerdeKeys.UNBOUND,
                ConfigDef.Type.STRING,
                "FAIL",
                ConfigDef.CaseInsensitiveValidString.in("FAIL", "GENERIC_RECORD"),
                "What becomes of a record whose schema names none of these types: `FAIL` refuses it,"
                        + " `GENERIC_RECORD` makes an Avro `GenericRecord`.");
        key(
                SerdeKeys.SPECIFIC_AVRO_READER,
                ConfigDef.Type.BOOLEAN,
                null,
                null,
                "`false` without a type means `schemabus.unbound=GENERIC_RECORD`; `true` asks for the types above,"
                        + " which must be named."
                        + DIFFERS + "there `true` finds classes by the names in schemas, and unset is false.");
    }

    private void json() {
        section = "JSON";
        flag(
                SerdeKeys.JSON_FAIL_INVALID_SCHEMA,
                false,
                "Check each payload against its schema, when writing and when reading.");
        flag(
                SerdeKeys.JSON_FAIL_UNKNOWN_PROPERTIES,
                false,
                "Refuse a payload with properties that the type doesn't have." + DIFFERS
                        + "true there; a compatible new version of a producer must not stop its consumers.");
        key(
                SerdeKeys.JSON_SCHEMA_SPEC_VERSION,
                ConfigDef.Type.STRING,
                "draft_7",
                null,
                "The draft that schemas are written in: `draft_3`, `draft_7`, `draft_2019_09` or `draft_2020_12`."
                        + DIFFERS + "no draft 4 and 6, of which 7 is an extension; draft 3 is ours.");
        key(
                SerdeKeys.JSON_WRITE_DATES_ISO8601,
                ConfigDef.Type.BOOLEAN,
                true,
                SerdeDefinition::requireIsoDates,
                "Dates and times are ISO 8601 text." + DIFFERS
                        + "false there; numbers without a unit are read as what they are not.");
    }

    private void codecs() {
        section = "Codecs and limits";
        key(
                SerdeKeys.CODEC,
                ConfigDef.Type.STRING,
                "GENERATED",
                ConfigDef.CaseInsensitiveValidString.in("GENERATED", "INTERPRETED"),
                "`GENERATED` makes a class for each type where the JVM allows it; `INTERPRETED` never does. Same"
                        + " bytes, other speed.");
        Limits limits = Limits.standard();
        count(
                SerdeKeys.LIMITS_DEPTH,
                limits.depth(),
                1,
                "How many records, lists and maps may stand within each other.");
        count(SerdeKeys.LIMITS_STRING_BYTES, limits.stringBytes(), 0, "The longest text in UTF-8, or byte string.");
        count(SerdeKeys.LIMITS_VALUE_BYTES, limits.valueBytes(), 0, "The longest payload.");
        count(SerdeKeys.LIMITS_ITEMS, limits.items(), 0, "The most elements of one list or map.");
        count(
                SerdeKeys.LIMITS_NODES,
                limits.nodes(),
                0,
                "The most elements of all lists and maps of a payload together.");
    }

    void section(String name) {
        section = name;
    }

    void flag(String name, boolean otherwise, String documentation) {
        key(name, ConfigDef.Type.BOOLEAN, otherwise, null, documentation);
    }

    private void count(String name, int otherwise, int least, String documentation) {
        key(name, ConfigDef.Type.INT, otherwise, ConfigDef.Range.atLeast(least), documentation);
    }

    private void millis(String name, long otherwise, String documentation) {
        key(name, ConfigDef.Type.INT, (int) otherwise, ConfigDef.Range.atLeast(1), documentation);
    }

    private void millisFromZero(String name, long otherwise, String documentation) {
        key(name, ConfigDef.Type.INT, (int) otherwise, ConfigDef.Range.atLeast(0), documentation);
    }

    void seconds(String name, long otherwise, int least, String documentation) {
        key(name, ConfigDef.Type.LONG, otherwise, ConfigDef.Range.atLeast(least), documentation);
    }

    void key(
            String name,
            ConfigDef.Type type,
            @Nullable Object otherwise,
            ConfigDef.@Nullable Validator validator,
            String documentation) {
        Importance importance = documentation.contains("Required") ? Importance.HIGH : Importance.MEDIUM;
        definition.define(
                name, type, otherwise, validator, importance, documentation, section, ++order, Width.MEDIUM, name);
    }

    private static void requireNoContext(String key, Object value) {
        String text = String.valueOf(value);
        if (!text.equals("NullContextNameStrategy")
                && !text.equals("io.confluent.kafka.serializers.context.NullContextNameStrategy")) {
            throw new ConfigException(
                    key,
                    value,
                    "contexts are chosen by URL: remove the key and end schema.registry.url in"
                            + " /contexts/<name of the context>");
        }
    }

    private static void requirePath(String key, @Nullable Object value) {
        if (value == null) {
            return;
        }
        try {
            if (!value.toString().isBlank() && Path.of(value.toString()).getFileName() != null) {
                return;
            }
        } catch (InvalidPathException e) {
            // The message below says as much.
        }
        throw new ConfigException(key, value, "it is no path of a file: write for instance /var/cache/orders/schemas");
    }

    private static void requireIsoDates(String key, Object value) {
        if (!Boolean.TRUE.equals(value)) {
            throw new ConfigException(
                    key,
                    value,
                    "dates and times are always ISO 8601 text here: remove the key, or set it to true. For a count"
                            + " since 1970 give the component the type long");
        }
    }
}
