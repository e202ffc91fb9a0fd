package dev.schemabus.testkit.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.schemabus.registry.RegistryConnection;
import dev.schemabus.registry.SchemaContent;
import dev.schemabus.registry.SchemaId;
import dev.schemabus.registry.SchemaMetadata;
import dev.schemabus.registry.Subject;
import dev.schemabus.registry.SubjectVersion;
import dev.schemabus.schema.Default;
import dev.schemabus.schema.Name;
import dev.schemabus.schema.SchemaFormat;
import dev.schemabus.schema.SchemaGenerator;
import dev.schemabus.serde.EventSerializer;
import dev.schemabus.testkit.EmbeddedRegistry;
import dev.schemabus.wire.WireFormats;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code use.latest.with.metadata}, on the versions and metadata that our own registry keeps. */
class LatestWithMetadataTest {

    @Name("shop.Paid")
    record Paid(String id) {}

    @Name("shop.Paid")
    record PaidLater(String id, @Default("web") String channel) {}

    @Name("shop.Paid")
    record PaidLast(
            String id,
            @Default("web") String channel,
            @Default("") String note) {}

    @SuppressWarnings("NullAway.Init") // set before all tests
    private static EmbeddedRegistry server;

    private final String topic = "payments-" + UUID.randomUUID();
    private final Subject subject = new Subject(topic + "-value");

    @BeforeAll
    static void startRegistry() {
        server = EmbeddedRegistry.start();
    }

    @AfterAll
    static void stopRegistry() {
        server.close();
    }

    static Stream<String> registries() {
        return Stream.of("memory:metadata-" + UUID.randomUUID(), server.url());
    }

    /** Two versions of generation 1 and one of generation 2 after them. */
    private SchemaId[] registered(RegistryConnection registry) {
        return new SchemaId[] {
            register(registry, Paid.class, "1"),
            register(registry, PaidLater.class, "1"),
            register(registry, PaidLast.class, "2")
        };
    }

    private SchemaId register(RegistryConnection registry, Class<?> type, String generation) {
        String text =
                SchemaGenerator.standard().generate(type, SchemaFormat.AVRO).text();
        return registry.register(
                        subject,
                        new SchemaContent("AVRO", text)
                                .withMetadata(SchemaMetadata.of(Map.of("generation", generation, "owner", "billing"))))
                .id();
    }

    private SchemaId idOnTheWire(String url, Object event, String metadata) {
        try (EventSerializer<Object> serializer = new EventSerializer<>()) {
            serializer.configure(Map.of("schema.registry.url", url, "use.latest.with.metadata", metadata), false);
            byte[] bytes = serializer.serialize(topic, event);
            return (SchemaId) WireFormats.PREFIX_ID.open(null, bytes).schema();
        }
    }

    @ParameterizedTest
    @MethodSource("registries")
    void aRecordIsWrittenUnderTheNewestVersionThatHasTheMetadata(String url) {
        try (RegistryConnection registry = RegistryConnection.open(url)) {
            SchemaId[] ids = registered(registry);

            assertThat(idOnTheWire(url, new PaidLater("p-1", "app"), "generation=1"))
                    .isEqualTo(ids[1]);
            assertThat(idOnTheWire(url, new PaidLast("p-1", "app", "late"), "generation=2,owner=billing"))
                    .isEqualTo(ids[2]);
            assertThat(registry.versions(subject)).containsExactly(1, 2, 3);
        }
    }

    @ParameterizedTest
    @MethodSource("registries")
    void aVersionThatIsDeletedSoftlyGivesWayToTheOneBefore(String url) {
        try (RegistryConnection registry = RegistryConnection.open(url)) {
            SchemaId[] ids = registered(registry);
            registry.delete(new SubjectVersion(subject, 2));

            assertThat(idOnTheWire(url, new Paid("p-1"), "generation=1")).isEqualTo(ids[0]);
        }
    }

    @ParameterizedTest
    @MethodSource("registries")
    void whatNoVersionHasIsAnErrorAndNothingIsRegistered(String url) {
        try (RegistryConnection registry = RegistryConnection.open(url)) {
            registered(registry);

            assertThatExceptionOfType(SerializationException.class)
                    .isThrownBy(() -> idOnTheWire(url, new Paid("p-1"), "generation=3"))
                    .withMessageContaining(subject.name());
            assertThat(registry.versions(subject)).containsExactly(1, 2, 3);
        }
    }
}
