package dev.schemabus.serde;

import dev.schemabus.registry.RegistryConfig;
import dev.schemabus.registry.SubjectNaming;
import dev.schemabus.schema.SchemaFormat;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;

/**
 * The settings of a serializer or deserializer, read once from Kafka's property map: the only class that reads it. Keys
 * without the prefix {@code schemabus.} have the names and meanings of Confluent's serdes.
 */
public final class SerdeConfig {

    /** One URL of a schema registry, or several separated by commas, tried in order. Required. */
    public static final String SCHEMA_REGISTRY_URL = "schema.registry.url";

    /** Whether a serializer registers the schema of a type it first sees. Default: true. */
    public static final String AUTO_REGISTER_SCHEMAS = "auto.register.schemas";

    /** Whether a serializer writes under the subject's latest version. Default: false. Implies no registration. */
    public static final String USE_LATEST_VERSION = "use.latest.version";

    /** Whether the latest version must be able to read what the type means. Default: true. */
    public static final String LATEST_COMPATIBILITY_STRICT = "latest.compatibility.strict";

    /** How the subject of a key's schema is named. Default: TopicNameStrategy. */
    public static final String KEY_SUBJECT_NAME_STRATEGY = "key.subject.name.strategy";

    /** How the subject of a value's schema is named. Default: TopicNameStrategy. */
    public static final String VALUE_SUBJECT_NAME_STRATEGY = "value.subject.name.strategy";

    /** Where basic credentials come from. Only {@code USER_INFO} in this version. */
    public static final String BASIC_AUTH_CREDENTIALS_SOURCE = "basic.auth.credentials.source";

    /** {@code user:password} for HTTP basic authentication. */
    public static final String BASIC_AUTH_USER_INFO = "basic.auth.user.info";

    /** Prefix of headers to send with every registry request: {@code request.header.X-Tenant=acme}. */
    public static final String REQUEST_HEADER_PREFIX = "request.header.";

    /** The longest wait for one connection to the registry, in milliseconds. Default: 2000. */
    public static final String HTTP_CONNECT_TIMEOUT_MS = "http.connect.timeout.ms";

    /** The longest wait for one answer of the registry, in milliseconds. Default: 5000. */
    public static final String HTTP_READ_TIMEOUT_MS = "http.read.timeout.ms";

    /** The longest wait for one registry call over all URLs and attempts, in milliseconds. Default: 10000. */
    public static final String DEADLINE_MS = "schemabus.registry.deadline.ms";

    /** The language a serializer writes: {@code avro} or {@code json}. Default: avro. A deserializer reads both. */
    public static final String FORMAT = "schemabus.format";

    /** The record that a key deserializer makes. */
    public static final String KEY_TYPE = "schemabus.key.type";

    /** The record, or sealed interface, that a value deserializer makes. */
    public static final String VALUE_TYPE = "schemabus.value.type";

    /** The records and sealed interfaces that a deserializer makes, separated by commas. */
    public static final String EVENT_TYPES = "schemabus.event.types";

    private static final List<String> KEY_TYPE_ALIASES = List.of(KEY_TYPE, "specific.avro.key.type", "json.key.type");
    private static final List<String> VALUE_TYPE_ALIASES =
            List.of(VALUE_TYPE, "specific.avro.value.type", "json.value.type");

    private static final ConfigDef DEFINITION = new ConfigDef()
            .define(
                    SCHEMA_REGISTRY_URL,
                    ConfigDef.Type.LIST,
                    List.of(),
                    Importance.HIGH,
                    "One URL of a schema registry, or several separated by commas, tried in order.")
            .define(
                    AUTO_REGISTER_SCHEMAS,
                    ConfigDef.Type.BOOLEAN,
                    true,
                    Importance.MEDIUM,
                    "Whether a serializer registers the schema of a type it first sees.")
            .define(
                    USE_LATEST_VERSION,
                    ConfigDef.Type.BOOLEAN,
                    false,
                    Importance.MEDIUM,
                    "Whether a serializer writes under the subject's latest version; it then registers nothing.")
            .define(
                    LATEST_COMPATIBILITY_STRICT,
                    ConfigDef.Type.BOOLEAN,
                    true,
                    Importance.LOW,
                    "Whether the latest version must be able to read what the type means.")
            .define(
                    KEY_SUBJECT_NAME_STRATEGY,
                    ConfigDef.Type.STRING,
                    "TopicNameStrategy",
                    Importance.MEDIUM,
                    "How the subject of a key's schema is named.")
            .define(
                    VALUE_SUBJECT_NAME_STRATEGY,
                    ConfigDef.Type.STRING,
                    "TopicNameStrategy",
                    Importance.MEDIUM,
                    "How the subject of a value's schema is named.")
            .define(
                    BASIC_AUTH_CREDENTIALS_SOURCE,
                    ConfigDef.Type.STRING,
                    "USER_INFO",
                    ConfigDef.ValidString.in("USER_INFO"),
                    Importance.MEDIUM,
                    "Where basic credentials come from: USER_INFO reads " + BASIC_AUTH_USER_INFO + ".")
            .define(
                    BASIC_AUTH_USER_INFO,
                    ConfigDef.Type.PASSWORD,
                    "",
                    Importance.MEDIUM,
                    "user:password for HTTP basic authentication.")
            .define(
                    HTTP_CONNECT_TIMEOUT_MS,
                    ConfigDef.Type.INT,
                    (int) RegistryConfig.DEFAULT_CONNECT_TIMEOUT.toMillis(),
                    ConfigDef.Range.atLeast(1),
                    Importance.LOW,
                    "The longest wait for one connection to the registry, in milliseconds.")
            .define(
                    HTTP_READ_TIMEOUT_MS,
                    ConfigDef.Type.INT,
                    (int) RegistryConfig.DEFAULT_READ_TIMEOUT.toMillis(),
                    ConfigDef.Range.atLeast(1),
                    Importance.LOW,
                    "The longest wait for one answer of the registry, in milliseconds.")
            .define(
                    DEADLINE_MS,
                    ConfigDef.Type.INT,
                    (int) RegistryConfig.DEFAULT_DEADLINE.toMillis(),
                    ConfigDef.Range.atLeast(1),
                    Importance.LOW,
                    "The longest wait for one registry call altogether, in milliseconds.")
            .define(
                    FORMAT,
                    ConfigDef.Type.STRING,
                    "avro",
                    Importance.MEDIUM,
                    "The language a serializer writes: avro or json. A deserializer reads both.")
            .define(KEY_TYPE, ConfigDef.Type.CLASS, null, Importance.HIGH, "The record that a key deserializer makes.")
            .define(
                    VALUE_TYPE,
                    ConfigDef.Type.CLASS,
                    null,
                    Importance.HIGH,
                    "The record, or sealed interface, that a value deserializer makes.")
            .define(
                    EVENT_TYPES,
                    ConfigDef.Type.LIST,
                    List.of(),
                    Importance.HIGH,
                    "The records and sealed interfaces that a deserializer makes, separated by commas.");

    private final RegistryConfig registry;
    private final SubjectNaming naming;
    private final SchemaFormat format;
    private final SchemaSource source;
    private final boolean strictLatest;
    private final boolean isKey;
    private final List<Class<?>> types;

    /**
     * Reads the settings.
     *
     * @param properties Kafka's property map; keys that belong to others are passed over
     * @param isKey whether they are for record keys
     * @throws ConfigException if a required key is missing, a value is wrong, or a key isn't served by this version; the
     *     message says what to write
     */
    public SerdeConfig(Map<String, ?> properties, boolean isKey) {
        UnservedKeys.refuse(properties);
        Map<String, Object> own = new HashMap<>(properties);
        own.values().removeIf(Objects::isNull); // a null is as good as no setting
        String typeKey = typeKey(properties, isKey);
        // Loaded here, because Kafka's own message names neither the key that was written nor a remedy.
        Object type = properties.get(typeKey);
        if (type != null) {
            own.put(isKey ? KEY_TYPE : VALUE_TYPE, type instanceof String name ? load(typeKey, name.strip()) : type);
        }
        for (String key : List.of(KEY_SUBJECT_NAME_STRATEGY, VALUE_SUBJECT_NAME_STRATEGY)) {
            // Confluent's serdes take the class itself, too.
            own.computeIfPresent(key, (k, naming) -> naming instanceof Class<?> named ? named.getName() : naming);
        }
        AbstractConfig config = new AbstractConfig(DEFINITION, own, false);
        this.isKey = isKey;
        this.registry = registry(config, properties);
        this.naming = naming(config, isKey ? KEY_SUBJECT_NAME_STRATEGY : VALUE_SUBJECT_NAME_STRATEGY);
        this.format = format(config.getString(FORMAT));
        this.source = source(config);
        this.strictLatest = config.getBoolean(LATEST_COMPATIBILITY_STRICT);
        this.types = types(config, isKey, properties);
    }

    /** How to reach the registry. */
    public RegistryConfig registry() {
        return registry;
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

    /** Whether the latest version must be able to read what the type means. */
    public boolean strictLatest() {
        return strictLatest;
    }

    /** Whether these are the settings for record keys. */
    public boolean isKey() {
        return isKey;
    }

    /** The types that a deserializer makes; empty if none was named. */
    public List<Class<?>> types() {
        return types;
    }

    /** Every key with type, default and meaning, for documentation. */
    public static ConfigDef definition() {
        return new ConfigDef(DEFINITION);
    }

    private static RegistryConfig registry(AbstractConfig config, Map<String, ?> properties) {
        List<String> urls = config.getList(SCHEMA_REGISTRY_URL);
        if (urls.isEmpty()) {
            throw new ConfigException("Missing " + SCHEMA_REGISTRY_URL
                    + ": set it to your schema registry, such as http://localhost:8081 (in tests memory:any-name)");
        }
        RegistryConfig result = valid(SCHEMA_REGISTRY_URL, () -> RegistryConfig.of(String.join(",", urls)))
                .withTimeouts(
                        Duration.ofMillis(config.getInt(HTTP_CONNECT_TIMEOUT_MS)),
                        Duration.ofMillis(config.getInt(HTTP_READ_TIMEOUT_MS)),
                        Duration.ofMillis(config.getInt(DEADLINE_MS)));
        RegistryConfig withHeaders = valid(REQUEST_HEADER_PREFIX + "*", () -> result.withHeaders(headers(properties)));
        Password userInfo = config.getPassword(BASIC_AUTH_USER_INFO);
        return userInfo.value().isEmpty() ? withHeaders : withHeaders.withBasicCredentials(userInfo.value());
    }

    private static RegistryConfig valid(String key, Supplier<RegistryConfig> made) {
        try {
            return made.get();
        } catch (IllegalArgumentException e) {
            throw new ConfigException(key + ": " + e.getMessage());
        }
    }

    private static Map<String, String> headers(Map<String, ?> properties) {
        Map<String, String> headers = new HashMap<>();
        properties.forEach((key, value) -> {
            if (key.startsWith(REQUEST_HEADER_PREFIX) && value != null) {
                headers.put(key.substring(REQUEST_HEADER_PREFIX.length()), value.toString());
            }
        });
        return headers;
    }

    private static SubjectNaming naming(AbstractConfig config, String key) {
        String text = config.getString(key);
        return SubjectNaming.named(text).orElseGet(() -> customNaming(key, text));
    }

    private static SubjectNaming customNaming(String key, String className) {
        try {
            return load(key, className)
                    .asSubclass(SubjectNaming.class)
                    .getConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException | ClassCastException | ConfigException e) {
            throw new ConfigException(
                    key,
                    className,
                    "use TopicNameStrategy, RecordNameStrategy,"
                            + " TopicRecordNameStrategy, or the name of a class that implements "
                            + SubjectNaming.class.getName() + " and has a public constructor without parameters");
        }
    }

    private static SchemaFormat format(String text) {
        try {
            return SchemaFormat.parse(text);
        } catch (IllegalArgumentException e) {
            throw new ConfigException(FORMAT, text, "use avro or json");
        }
    }

    private static SchemaSource source(AbstractConfig config) {
        if (config.getBoolean(USE_LATEST_VERSION)) {
            return SchemaSource.LATEST;
        }
        return config.getBoolean(AUTO_REGISTER_SCHEMAS) ? SchemaSource.REGISTER : SchemaSource.LOOKUP;
    }

    private static String typeKey(Map<String, ?> properties, boolean isKey) {
        List<String> spellings = isKey ? KEY_TYPE_ALIASES : VALUE_TYPE_ALIASES;
        List<String> given =
                spellings.stream().filter(key -> properties.get(key) != null).toList();
        if (given.size() > 1) {
            throw new ConfigException("Both " + given.get(0) + " and " + given.get(1)
                    + " are set, and they mean the same: keep " + given.get(0));
        }
        return given.isEmpty() ? spellings.get(0) : given.get(0);
    }

    private static List<Class<?>> types(AbstractConfig config, boolean isKey, Map<String, ?> properties) {
        List<Class<?>> types = new ArrayList<>();
        Class<?> one = config.getClass(isKey ? KEY_TYPE : VALUE_TYPE);
        if (one != null) {
            types.add(one);
        }
        if (!isKey) {
            if (properties.get(EVENT_TYPES) instanceof List<?> classes
                    && classes.stream().allMatch(Class.class::isInstance)) {
                classes.forEach(type -> types.add((Class<?>) type));
            } else {
                config.getList(EVENT_TYPES).forEach(name -> types.add(load(EVENT_TYPES, name)));
            }
        }
        return List.copyOf(types);
    }

    /** Names in the configuration are chosen by whoever runs the service; nothing from the wire gets here. */
    private static Class<?> load(String key, String className) {
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        try {
            return Class.forName(className, false, loader == null ? SerdeConfig.class.getClassLoader() : loader);
        } catch (ClassNotFoundException e) {
            throw new ConfigException(
                    key,
                    className,
                    "there is no such class on the class path (the name of a"
                            + " nested class has a $: com.acme.Orders$OrderPlaced)");
        }
    }
}
