package dev.schemabus.serde;

import dev.schemabus.codec.CodecException;
import dev.schemabus.registry.NotARegistryException;
import dev.schemabus.registry.RegistryAccessException;
import dev.schemabus.registry.RegistryConnection;
import dev.schemabus.registry.RegistryException;
import dev.schemabus.registry.RegistryUnavailableException;
import dev.schemabus.schema.SchemaException;
import dev.schemabus.wire.MalformedRecordException;
import java.util.function.Supplier;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.SerializationException;

/** Says in Kafka's exceptions what ours say, so that Kafka clients react as they should. The message stays. */
final class KafkaErrors {

    private KafkaErrors() {}

    static <R> R translating(Supplier<R> work) {
        try {
            return work.get();
        } catch (RegistryException e) {
            throw registry(e);
        } catch (CodecException
                | SchemaException
                | MalformedRecordException
                | UnboundTypeException
                | IllegalArgumentException e) {
            throw new SerializationException(e.getMessage(), e);
        }
    }

    /** Opens the registry; a URL that nobody serves is a mistake in the configuration. */
    static RegistryConnection opening(SerdeConfig config) {
        try {
            return RegistryConnection.cached(RegistryConnection.open(config.registry()), config.caches());
        } catch (IllegalArgumentException e) {
            throw new ConfigException(SerdeKeys.SCHEMA_REGISTRY_URL + ": " + e.getMessage());
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
