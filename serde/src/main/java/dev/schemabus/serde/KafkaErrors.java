package dev.schemabus.serde;

import dev.schemabus.codec.CodecException;
import dev.schemabus.registry.NotARegistryException;
import dev.schemabus.registry.RegistryAccessException;
import dev.schemabus.registry.RegistryConnection;
import dev.schemabus.registry.RegistryException;
import dev.schemabus.registry.RegistryUnavailableException;
import dev.schemabus.schema.SchemaException;
import dev.schemabus.wire.MalformedRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.SerializationException;

/** Says in Kafka's exceptions what ours say, so that Kafka clients react as they should. The message stays. */
final class KafkaErrors {

    private KafkaErrors() {}

    /**
     * What to throw for what was caught: ours in Kafka's terms, anything else as it is. (Not a wrapper around the work: that
     * would be an object per record.)
     */
    static RuntimeException translated(RuntimeException e) {
        if (e instanceof RegistryException failure) {
            return registry(failure);
        }
        return e instanceof CodecException
                        || e instanceof SchemaException
                        || e instanceof MalformedRecordException
                        || e instanceof UnboundTypeException
                        || e instanceof IllegalArgumentException
                ? new SerializationException(e.getMessage(), e)
                : e;
    }

    /** Opens the registry; a URL that nobody serves is a mistake in the configuration. */
    static RegistryConnection opening(SerdeConfig config) {
        try {
            return RegistryConnection.shared(config.registry(), config.caches());
        } catch (IllegalArgumentException e) {
            // About certificates and tokens the message names the setting itself.
            String message = String.valueOf(e.getMessage());
            boolean named = SerdeConfig.definition().names().stream().anyMatch(message::startsWith);
            throw new ConfigException(named ? message : SerdeKeys.SCHEMA_REGISTRY_URL + ": " + message);
        }
    }

    private static KafkaException registry(RegistryException e) {
        if (e instanceof RegistryUnavailableException) {
            return new RetriableRegistryException(e.getMessage(), e);
        }
        if (e instanceof RegistryAccessException) {
            return e.code() == 403 || e.code() / 100 == 403
                    ? new AuthorizationException(e.getMessage(), e)
                    : new AuthenticationException(e.getMessage(), e);
        }
        if (e instanceof NotARegistryException) {
            return new KafkaException(e.getMessage(), e);
        }
        return new SerializationException(e.getMessage(), e);
    }
}
