package dev.schemabus.benchmarks.peer;

import io.apicurio.registry.rest.client.RegistryClient;
import io.apicurio.registry.rest.v2.beans.ArtifactMetaData;
import io.apicurio.registry.serde.SerdeConfig;
import io.apicurio.registry.serde.avro.AvroKafkaDeserializer;
import io.apicurio.registry.serde.avro.AvroKafkaSerdeConfig;
import io.apicurio.registry.serde.avro.AvroKafkaSerializer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.generic.IndexedRecord;
import org.jspecify.annotations.Nullable;

/**
 * Apicurio's serializer and deserializer for classes that Avro's plugin generates. Its client of the registry is replaced by one in
 * memory; the serdes ask it once for each schema, so what is measured is theirs.
 */
public final class ApicurioPeer {

    private static final String TOPIC = "benchmarks";

    private final AvroKafkaSerializer<IndexedRecord> serializer;
    private final AvroKafkaDeserializer<IndexedRecord> deserializer;

    /** A pair that knows no schema yet. */
    public ApicurioPeer() {
        RegistryClient registry = inMemory();
        Map<String, Object> properties = Map.of(
                SerdeConfig.AUTO_REGISTER_ARTIFACT, true,
                SerdeConfig.ARTIFACT_RESOLVER_STRATEGY, "io.apicurio.registry.serde.avro.strategy.RecordIdStrategy",
                AvroKafkaSerdeConfig.USE_SPECIFIC_AVRO_READER, true);
        serializer = new AvroKafkaSerializer<>(registry);
        serializer.configure(properties, false);
        deserializer = new AvroKafkaDeserializer<>(registry);
        deserializer.configure(properties, false);
    }

    /** From record to framed bytes. */
    public byte[] write(IndexedRecord value) {
        return serializer.serialize(TOPIC, value);
    }

    /** From framed bytes to record. */
    public IndexedRecord read(byte[] bytes) {
        return deserializer.deserialize(TOPIC, bytes);
    }

    private static RegistryClient inMemory() {
        return (RegistryClient) Proxy.newProxyInstance(
                RegistryClient.class.getClassLoader(), new Class<?>[] {RegistryClient.class}, new Memory()::answer);
    }

    private static final class Memory {
        private final Map<Long, byte[]> schemas = new HashMap<>();

        @Nullable
        Object answer(Object proxy, Method method, Object @Nullable [] arguments) {
            return switch (method.getName()) {
                case "createArtifact" -> register(arguments == null ? new Object[0] : arguments);
                case "getContentByGlobalId", "getContentById" ->
                    new ByteArrayInputStream(schemas.get((Long) (arguments == null ? 0L : arguments[0])));
                case "getArtifactReferencesByGlobalId", "getArtifactReferencesByContentId" -> List.of();
                case "close" -> null;
                default ->
                    throw new UnsupportedOperationException(
                            "this registry only keeps schemas for one serde, which doesn't ask for: " + method);
            };
        }

        private synchronized ArtifactMetaData register(Object[] arguments) {
            for (Object argument : arguments) {
                if (argument instanceof InputStream in) {
                    try {
                        schemas.put(schemas.size() + 1L, in.readAllBytes());
                    } catch (IOException e) {
                        throw new UncheckedIOException("memory doesn't fail", e);
                    }
                }
            }
            long id = schemas.size();
            ArtifactMetaData created = new ArtifactMetaData();
            created.setGlobalId(id);
            created.setContentId(id);
            created.setId(String.valueOf(arguments[1]));
            created.setVersion("1");
            return created;
        }
    }
}
