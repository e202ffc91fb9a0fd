package dev.schemabus.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.schemabus.schema.EventSchema;
import dev.schemabus.schema.SchemaException;
import dev.schemabus.schema.SchemaFormat;
import dev.schemabus.schema.SchemaReference;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the client makes of the references in a registry's answers, and how often it asks. */
class ReferenceResolverTest {

    private static final SchemaId ID = new SchemaId(7);

    private static String record(String name, String... fieldTypes) {
        StringBuilder fields = new StringBuilder();
        for (int i = 0; i < fieldTypes.length; i++) {
            fields.append(i == 0 ? "" : ",").append("{\"name\":\"f%d\",\"type\":\"%s\"}".formatted(i, fieldTypes[i]));
        }
        return "{\"type\":\"record\",\"name\":\"%s\",\"fields\":[%s]}".formatted(name, fields);
    }

    private static String path(String subject) {
        return "GET /subjects/" + subject + "/versions/1?deleted=true";
    }

    private static Answers answers() {
        return new Answers();
    }

    @Test
    void aDiamondIsPutTogetherAndItsTipIsFetchedOnce() {
        Answers answers = answers()
                .on("GET /schemas/ids/7", Answers.content(record("Root", "Left", "Right"), "Left", "l", "Right", "r"))
                .on("GET /schemas/ids/8", Answers.content(record("Other", "Left"), "Left", "l"))
                .on(path("l"), Answers.version("l", 1, 2, record("Left", "Tip"), "Tip", "t"))
                .on(path("r"), Answers.version("r", 1, 3, record("Right", "Tip"), "Tip", "t"))
                .on(path("t"), Answers.version("t", 1, 1, record("Tip", "string")));
        try (ScriptedServer server = answers.start();
                RegistryConnection registry = RegistryConnection.open(server.url())) {
            EventSchema schema = registry.byId(ID);

            assertThat(schema.references()).extracting(SchemaReference::name).containsExactly("Tip", "Left", "Right");
            assertThat(schema.directReferences())
                    .extracting(SchemaReference::name)
                    .containsExactly("Left", "Right");
            assertThat(server.requests()).containsExactly("GET /schemas/ids/7", path("l"), path("t"), path("r"));

            // What is known of other schemas isn't fetched again.
            registry.byId(new SchemaId(8));
            assertThat(server.requests()).hasSize(5).endsWith("GET /schemas/ids/8");
        }
    }

    @Test
    void aCycleIsAnErrorWithItsPath() {
        Answers answers = answers()
                .on("GET /schemas/ids/7", Answers.content(record("A", "B"), "B", "b"))
                .on(path("b"), Answers.version("b", 1, 2, record("B", "C"), "C", "c"))
                .on(path("c"), Answers.version("c", 1, 3, record("C", "B"), "B", "b"));
        try (ScriptedServer server = answers.start();
                RegistryConnection registry = RegistryConnection.open(server.url())) {
            assertThatExceptionOfType(SchemaException.class)
                    .isThrownBy(() -> registry.byId(ID))
                    .withMessageContaining("get the schema with id 7")
                    .withMessageContaining(
                            "version 1 of subject 'b' -> version 1 of subject 'c' -> version 1 of" + " subject 'b'");
        }
    }

    @Test
    void sixteenReferencesMayFollowUponEachOtherAndNoMore() {
        Answers answers = answers();
        for (int level = 1; level <= 17; level++) {
            answers.on(
                    path("s" + level),
                    Answers.version(
                            "s" + level,
                            1,
                            level,
                            record("L" + level, "L" + (level + 1)),
                            "L" + (level + 1),
                            "s" + (level + 1)));
        }
        answers.on(path("s18"), Answers.version("s18", 1, 18, record("L18", "string")))
                .on("GET /schemas/ids/7", Answers.content(record("Top", "L3"), "L3", "s3"))
                .on("GET /schemas/ids/8", Answers.content(record("Top", "L2"), "L2", "s2"));
        try (ScriptedServer server = answers.start();
                RegistryConnection registry = RegistryConnection.open(server.url())) {
            assertThat(registry.byId(ID).references()).hasSize(16);
            assertThatExceptionOfType(SchemaException.class)
                    .isThrownBy(() -> registry.byId(new SchemaId(8)))
                    .withMessageContaining("More than 16 references follow upon each other")
                    .withMessageContaining("subject 's2' -> ");
        }
    }

    @Test
    void aSchemaMayReferTo256VersionsAndNoMore() {
        ReferenceResolver resolver = new ReferenceResolver(
                version -> new SchemaContent("AVRO", record(version.subject().name(), "string")));

        assertThat(resolver.resolved(referringTo(256), "").references()).hasSize(256);
        assertThatExceptionOfType(SchemaException.class)
                .isThrownBy(() -> resolver.resolved(referringTo(257), ""))
                .withMessageContaining("more than 256 versions");
    }

    private static SchemaContent referringTo(int count) {
        String[] types = new String[count];
        List<SubjectReference> references = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            types[i] = "T" + i;
            references.add(new SubjectReference(types[i], new Subject(types[i]), 1));
        }
        return new SchemaContent("AVRO", record("Top", types)).withReferences(references);
    }

    @Test
    void aSchemaIsRegisteredAfterWhatItRefersTo() {
        EventSchema tip = EventSchema.of(SchemaFormat.AVRO, record("Tip", "string"));
        SchemaReference toTip = new SchemaReference("Tip", tip);
        EventSchema left = EventSchema.of(tip.format(), record("Left", "Tip"), List.of(toTip));
        EventSchema root = EventSchema.of(
                tip.format(), record("Root", "Left", "Tip"), List.of(new SchemaReference("Left", left), toTip));
        Answers answers = answers()
                .on("POST /subjects/Tip/versions", "{\"id\":1,\"version\":5}")
                // An older registry's answer: the version must be asked for.
                .on("POST /subjects/Left/versions", "{\"id\":2}")
                .on("POST /subjects/Left", Answers.version("Left", 3, 2, left.text()))
                .on("POST /subjects/orders/versions", "{\"id\":4}");
        try (ScriptedServer server = answers.start();
                RegistryConnection registry = RegistryConnection.open(server.url())) {
            assertThat(registry.register(new Subject("orders"), root).id()).isEqualTo(new SchemaId(4));

            assertThat(server.requests())
                    .containsExactly(
                            "POST /subjects/Tip/versions",
                            "POST /subjects/Left/versions",
                            "POST /subjects/Left",
                            "POST /subjects/orders/versions");
            assertThat(server.bodies())
                    .last()
                    .asString()
                    .endsWith("\"references\":[{\"name\":\"Tip\",\"subject\":\"Tip\",\"version\":5},"
                            + "{\"name\":\"Left\",\"subject\":\"Left\",\"version\":3}]}");
        }
    }

    @Test
    void largeOnesDoNotStayInMemoryAltogether() {
        String doc = "x".repeat(2 << 20);
        ReferenceResolver resolver = new ReferenceResolver(version ->
                new SchemaContent("AVRO", "{\"type\":\"enum\",\"name\":\"E\",\"symbols\":[],\"doc\":\"" + doc + "\"}"));
        for (int i = 1; i <= 20; i++) {
            SubjectReference reference = new SubjectReference("E", new Subject("e"), i);
            resolver.resolved(new SchemaContent("AVRO", record("A", "E")).withReferences(List.of(reference)), "");
        }

        assertThat(resolver.bytes()).isBetween(4L << 20, 32L << 20);
    }
}
