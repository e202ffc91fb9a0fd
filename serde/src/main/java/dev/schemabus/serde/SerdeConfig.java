package dev.schemabus.serde;

import dev.schemabus.codec.CodecMode;
import dev.schemabus.codec.Limits;
import dev.schemabus.registry.CacheConfig;
import dev.schemabus.registry.RegistryConfig;
import dev.schemabus.registry.SubjectNaming;
import dev.schemabus.schema.JsonDialect;
import dev.schemabus.schema.SchemaFormat;
import dev.schemabus.wire.WireFormat;
import dev.schemabus.wire.WireFormats;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;

/**
 * The settings of a serializer or deserializer, read once from Kafka's property map: the only class that reads it. The
 * keys are in {@link SerdeKeys}; {@code docs/configuration.md} describes each.
 */
public final class SerdeConfig {

    private static final ConfigDef DEFINITION = SerdeDefinition.make();

    private static final List<JsonDialect> DIALECTS = List.of(JsonDialect.values());

    private final boolean isKey;
    private final RegistryConfig registry;
    private final CacheConfig caches;
    private final SubjectNaming naming;
    private final SchemaFormat format;
    private final SchemaSource source;
    private final boolean strict;
    private final boolean references;
    private final WireFormat writeFormat;
    private final WireFormat readFormat;
    private final boolean integrityHeader;
    private final boolean integrityChecked;
    private final List<Class<?>> types;
    private final Unbound unbound;
    private final boolean findsClasses;
    private final JsonDialect jsonDialect;
    private final boolean validatesJson;
    private final boolean refusesUnknownProperties;
    private final CodecMode codecMode;
    private final Limits limits;

    /**
     * Reads the settings.
     *
     * @param properties Kafka's property map; keys that belong to others are passed over, but not those that begin with
     *     {@code schemabus.} and that nobody knows
     * @param isKey whether they are for record keys
     * @throws ConfigException if a required key is missing, a value is wrong, two settings contradict each other, or a key
     *     isn't served by this version; the message says what to write
     */
    public SerdeConfig(Map<String, ?> properties, boolean isKey) {
        UnservedKeys.refuse(properties);
        UnknownKeys.refuse(properties.keySet(), DEFINITION.names());
        Map<String, Object> given = new HashMap<>(properties);
        given.values().removeIf(Objects::isNull); // a null is as good as no setting
        TypeSettings typeSettings = new TypeSettings(given, isKey);
        AbstractConfig config = new AbstractConfig(DEFINITION, ownValues(given, typeSettings), false);
        this.isKey = isKey;
        this.source = SourceSettings.source(config);
        this.strict = SourceSettings.strict(config, source);
        this.references = config.getBoolean(SerdeKeys.REGISTER_REFERENCES);
        this.writeFormat =
                wireFormat(config, isKey ? SerdeKeys.KEY_SCHEMA_ID_SERIALIZER : SerdeKeys.VALUE_SCHEMA_ID_SERIALIZER);
        this.readFormat = wireFormat(
                config, isKey ? SerdeKeys.KEY_SCHEMA_ID_DESERIALIZER : SerdeKeys.VALUE_SCHEMA_ID_DESERIALIZER);
        this.types = typeSettings.types(config);
        Contradictions.refuse(given, config, isKey, source, writeFormat, types);
        this.registry = RegistrySettings.registry(config, given);
        this.caches = RegistrySettings.caches(config);
        this.naming =
                naming(config, isKey ? SerdeKeys.KEY_SUBJECT_NAME_STRATEGY : SerdeKeys.VALUE_SUBJECT_NAME_STRATEGY);
        this.format = constant(config, SerdeKeys.FORMAT, SchemaFormat::parse, "avro or json");
        this.integrityChecked = config.getBoolean(SerdeKeys.INTEGRITY_CHECK);
        this.integrityHeader = !config.getString(SerdeKeys.INTEGRITY_HEADER).equalsIgnoreCase("NONE");
        this.unbound = Boolean.FALSE.equals(config.getBoolean(SerdeKeys.SPECIFIC_AVRO_READER))
                ? Unbound.GENERIC_RECORD
                : Unbound.valueOf(config.getString(SerdeKeys.UNBOUND).toUpperCase(Locale.ROOT));
        this.findsClasses = Boolean.TRUE.equals(config.getBoolean(SerdeKeys.SPECIFIC_AVRO_READER));
        this.jsonDialect = constant(
                config,
                SerdeKeys.JSON_SCHEMA_SPEC_VERSION,
                text -> JsonDialect.valueOf(text.toUpperCase(Locale.ROOT)),
                String.join(", ", DIALECTS.stream().map(SerdeConfig::lowerCase).toList()));
        this.validatesJson = config.getBoolean(SerdeKeys.JSON_FAIL_INVALID_SCHEMA);
        this.refusesUnknownProperties = config.getBoolean(SerdeKeys.JSON_FAIL_UNKNOWN_PROPERTIES);
        this.codecMode = CodecMode.valueOf(config.getString(SerdeKeys.CODEC).toUpperCase(Locale.ROOT));
        this.limits = new Limits(
                config.getInt(SerdeKeys.LIMITS_DEPTH),
                config.getInt(SerdeKeys.LIMITS_STRING_BYTES),
                config.getInt(SerdeKeys.LIMITS_VALUE_BYTES),
                config.getInt(SerdeKeys.LIMITS_ITEMS),
                config.getInt(SerdeKeys.LIMITS_NODES));
    }

    /** Whether these are the settings for record keys. */
    public boolean isKey() {
        return isKey;
    }

    /** How to reach the registry. */
    public RegistryConfig registry() {
        return registry;
    }

    /** How long the registry's answers are kept. */
    public CacheConfig caches() {
        return caches;
    }

    /** How subjects are named. */
    public SubjectNaming naming() {
        return naming;
    }

    /** The language to write. */
    public SchemaFormat format() {
        return format;
    }

    /** Which registered schema to write under. */
    public SchemaSource source() {
        return source;
    }

    /** Whether a schema that isn't the type's own must be able to read what the type means. */
    public boolean strict() {
        return strict;
    }

    /** Whether shared types have subjects of their own, rather than being written out. */
    public boolean references() {
        return references;
    }

    /** Where a serializer names the schema. It names it by GUID only if {@link #source} gives or finds one. */
    public WireFormat writeFormat() {
        return writeFormat;
    }

    /** Where a deserializer looks for what names the schema. */
    public WireFormat readFormat() {
        return readFormat;
    }

    /** Whether a serializer sends a checksum in a header. */
    public boolean integrityHeader() {
        return integrityHeader;
    }

    /** Whether a deserializer compares a payload with the checksum in its header, where there is one. */
    public boolean integrityChecked() {
        return integrityChecked;
    }

    /** The types that a deserializer makes; empty if none was named. */
    public List<Class<?>> types() {
        return types;
    }

    /** What becomes of a record whose schema names none of them. */
    public Unbound unbound() {
        return unbound;
    }

    /** Whether Confluent's deserializer would look for classes by the names in schemas; ours doesn't. */
    boolean findsClasses() {
        return findsClasses;
    }

    /** The draft that JSON Schemas are written in. */
    public JsonDialect jsonDialect() {
        return jsonDialect;
    }

    /** Whether JSON payloads are checked against their schema. */
    public boolean validatesJson() {
        return validatesJson;
    }

    /** Whether a JSON payload with properties that the type doesn't have is refused. */
    public boolean refusesUnknownProperties() {
        return refusesUnknownProperties;
    }

    /** How codecs run. */
    public CodecMode codecMode() {
        return codecMode;
    }

    /** How much one payload may ask for. */
    public Limits limits() {
        return limits;
    }

    /** Every key with type, default and meaning, for documentation. */
    public static ConfigDef definition() {
        return new ConfigDef(DEFINITION);
    }

    /** What Kafka's parser gets: classes as it takes them. */
    private static Map<String, Object> ownValues(Map<String, Object> given, TypeSettings types) {
        Map<String, Object> own = new HashMap<>(given);
        types.putInto(own);
        // Where a key takes the name of a class, Confluent's serdes take the class itself, too.
        for (String key : List.of(
                SerdeKeys.KEY_SUBJECT_NAME_STRATEGY,
                SerdeKeys.VALUE_SUBJECT_NAME_STRATEGY,
                SerdeKeys.CONTEXT_NAME_STRATEGY,
                SerdeKeys.KEY_SCHEMA_ID_SERIALIZER,
                SerdeKeys.VALUE_SCHEMA_ID_SERIALIZER,
                SerdeKeys.KEY_SCHEMA_ID_DESERIALIZER,
                SerdeKeys.VALUE_SCHEMA_ID_DESERIALIZER)) {
            own.computeIfPresent(key, (k, value) -> value instanceof Class<?> named ? named.getName() : value);
        }
        return own;
    }

    private static SubjectNaming naming(AbstractConfig config, String key) {
        String text = config.getString(key);
        return SubjectNaming.named(text)
                .orElseGet(() -> ConfiguredClasses.instance(
                        key,
                        text,
                        SubjectNaming.class,
                        "TopicNameStrategy, RecordNameStrategy, TopicRecordNameStrategy"));
    }

    private static WireFormat wireFormat(AbstractConfig config, String key) {
        String text = config.getString(key);
        boolean reads = key.endsWith(".deserializer");
        String choices = reads
                ? "DualSchemaIdDeserializer, PrefixSchemaIdDeserializer, HEADER_GUID"
                : "PrefixSchemaIdSerializer, HeaderSchemaIdSerializer";
        // A serializer's name for a deserializer is a mistake, though the format might do.
        boolean misplaced = text.endsWith(reads ? "IdSerializer" : "IdDeserializer");
        return WireFormats.named(misplaced ? "" : text)
                .orElseGet(() -> ConfiguredClasses.instance(key, text, WireFormat.class, choices));
    }

    private static <T> T constant(AbstractConfig config, String key, Function<String, T> parse, String choices) {
        String text = config.getString(key);
        try {
            return parse.apply(text);
        } catch (IllegalArgumentException e) {
            throw new ConfigException(key, text, "use " + choices);
        }
    }

    private static String lowerCase(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
