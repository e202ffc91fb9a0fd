package dev.schemabus.serde;

/**
 * The names of the settings; {@link SerdeConfig#definition} says what each means. Names without the prefix
 * {@code schemabus.} have the meaning that they have for Confluent's serdes.
 */
public final class SerdeKeys {

    // The registry
    public static final String SCHEMA_REGISTRY_URL = "schema.registry.url";
    /** A prefix: {@code request.header.X-Tenant=acme} sends the header {@code X-Tenant}. */
    public static final String REQUEST_HEADER_PREFIX = "request.header.";

    public static final String PROXY_HOST = "proxy.host";
    public static final String PROXY_PORT = "proxy.port";
    public static final String HTTP_CONNECT_TIMEOUT_MS = "http.connect.timeout.ms";
    public static final String HTTP_READ_TIMEOUT_MS = "http.read.timeout.ms";
    public static final String DEADLINE_MS = "schemabus.registry.deadline.ms";
    public static final String MAX_RETRIES = "max.retries";
    public static final String RETRIES_WAIT_MS = "retries.wait.ms";
    public static final String RETRIES_MAX_WAIT_MS = "retries.max.wait.ms";
    public static final String CACHE_ENTRIES = "schemabus.registry.cache.entries";
    public static final String CACHE_BYTES = "schemabus.registry.cache.bytes";
    public static final String CACHE_FILE = "schemabus.registry.cache.file";
    public static final String LATEST_CACHE_SIZE = "latest.cache.size";
    public static final String LATEST_CACHE_TTL_SEC = "latest.cache.ttl.sec";
    public static final String MISSING_ID_CACHE_TTL_SEC = "missing.id.cache.ttl.sec";
    public static final String MISSING_VERSION_CACHE_TTL_SEC = "missing.version.cache.ttl.sec";
    public static final String MISSING_SCHEMA_CACHE_TTL_SEC = "missing.schema.cache.ttl.sec";

    // Credentials
    public static final String BASIC_AUTH_CREDENTIALS_SOURCE = "basic.auth.credentials.source";
    public static final String BASIC_AUTH_USER_INFO = "basic.auth.user.info";
    public static final String BEARER_AUTH_CREDENTIALS_SOURCE = "bearer.auth.credentials.source";
    public static final String BEARER_AUTH_TOKEN = "bearer.auth.token";
    public static final String BEARER_AUTH_ISSUER_ENDPOINT_URL = "bearer.auth.issuer.endpoint.url";
    public static final String BEARER_AUTH_CLIENT_ID = "bearer.auth.client.id";
    public static final String BEARER_AUTH_CLIENT_SECRET = "bearer.auth.client.secret";
    public static final String BEARER_AUTH_SCOPE = "bearer.auth.scope";
    public static final String BEARER_AUTH_CACHE_EXPIRY_BUFFER_SECONDS = "bearer.auth.cache.expiry.buffer.seconds";
    public static final String BEARER_AUTH_LOGICAL_CLUSTER = "bearer.auth.logical.cluster";
    public static final String BEARER_AUTH_IDENTITY_POOL_ID = "bearer.auth.identity.pool.id";
    public static final String BEARER_AUTH_CUSTOM_PROVIDER_CLASS = "bearer.auth.custom.provider.class";
    public static final String CREDENTIALS_OVER_HTTP = "schemabus.registry.credentials.over.http";

    // TLS
    public static final String SSL_TRUSTSTORE_LOCATION = "schema.registry.ssl.truststore.location";
    public static final String SSL_TRUSTSTORE_PASSWORD = "schema.registry.ssl.truststore.password";
    public static final String SSL_TRUSTSTORE_TYPE = "schema.registry.ssl.truststore.type";
    public static final String SSL_TRUSTSTORE_CERTIFICATES = "schema.registry.ssl.truststore.certificates";
    public static final String SSL_KEYSTORE_LOCATION = "schema.registry.ssl.keystore.location";
    public static final String SSL_KEYSTORE_PASSWORD = "schema.registry.ssl.keystore.password";
    public static final String SSL_KEYSTORE_TYPE = "schema.registry.ssl.keystore.type";
    public static final String SSL_KEYSTORE_CERTIFICATE_CHAIN = "schema.registry.ssl.keystore.certificate.chain";
    public static final String SSL_KEYSTORE_KEY = "schema.registry.ssl.keystore.key";
    public static final String SSL_KEY_PASSWORD = "schema.registry.ssl.key.password";
    public static final String SSL_PROTOCOL = "schema.registry.ssl.protocol";
    public static final String SSL_ENABLED_PROTOCOLS = "schema.registry.ssl.enabled.protocols";
    public static final String SSL_CIPHER_SUITES = "schema.registry.ssl.cipher.suites";
    public static final String SSL_ENDPOINT_IDENTIFICATION_ALGORITHM =
            "schema.registry.ssl.endpoint.identification.algorithm";

    // Which schema a record is written under
    public static final String USE_SCHEMA_ID = "use.schema.id";
    public static final String USE_SCHEMA_GUID = "use.schema.guid";
    public static final String ID_COMPATIBILITY_STRICT = "id.compatibility.strict";
    public static final String USE_LATEST_WITH_METADATA = "use.latest.with.metadata";
    public static final String USE_LATEST_VERSION = "use.latest.version";
    public static final String LATEST_COMPATIBILITY_STRICT = "latest.compatibility.strict";
    public static final String AUTO_REGISTER_SCHEMAS = "auto.register.schemas";
    public static final String REGISTER_REFERENCES = "schemabus.register.references";
    public static final String NORMALIZE_SCHEMAS = "normalize.schemas";
    public static final String KEY_SUBJECT_NAME_STRATEGY = "key.subject.name.strategy";
    public static final String VALUE_SUBJECT_NAME_STRATEGY = "value.subject.name.strategy";
    public static final String CONTEXT_NAME_STRATEGY = "context.name.strategy";

    // What records look like
    public static final String FORMAT = "schemabus.format";
    public static final String KEY_SCHEMA_ID_SERIALIZER = "key.schema.id.serializer";
    public static final String VALUE_SCHEMA_ID_SERIALIZER = "value.schema.id.serializer";
    public static final String KEY_SCHEMA_ID_DESERIALIZER = "key.schema.id.deserializer";
    public static final String VALUE_SCHEMA_ID_DESERIALIZER = "value.schema.id.deserializer";
    public static final String INTEGRITY_HEADER = "schemabus.integrity.header";
    public static final String INTEGRITY_CHECK = "schemabus.integrity.check";

    // What a deserializer makes
    public static final String KEY_TYPE = "schemabus.key.type";
    public static final String VALUE_TYPE = "schemabus.value.type";
    public static final String EVENT_TYPES = "schemabus.event.types";
    public static final String UNBOUND = "schemabus.unbound";
    public static final String SPECIFIC_AVRO_READER = "specific.avro.reader";
    public static final String SPECIFIC_AVRO_KEY_TYPE = "specific.avro.key.type";
    public static final String SPECIFIC_AVRO_VALUE_TYPE = "specific.avro.value.type";
    public static final String JSON_KEY_TYPE = "json.key.type";
    public static final String JSON_VALUE_TYPE = "json.value.type";

    // JSON
    public static final String JSON_FAIL_INVALID_SCHEMA = "json.fail.invalid.schema";
    public static final String JSON_FAIL_UNKNOWN_PROPERTIES = "json.fail.unknown.properties";
    public static final String JSON_SCHEMA_SPEC_VERSION = "json.schema.spec.version";
    public static final String JSON_WRITE_DATES_ISO8601 = "json.write.dates.iso8601";

    // Codecs
    public static final String CODEC = "schemabus.codec";
    public static final String LIMITS_DEPTH = "schemabus.limits.depth";
    public static final String LIMITS_STRING_BYTES = "schemabus.limits.string.bytes";
    public static final String LIMITS_VALUE_BYTES = "schemabus.limits.value.bytes";
    public static final String LIMITS_ITEMS = "schemabus.limits.items";
    public static final String LIMITS_NODES = "schemabus.limits.nodes";

    private SerdeKeys() {}
}
