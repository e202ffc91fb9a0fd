package dev.schemabus.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemabus.registry.SchemaGuid;
import dev.schemabus.server.Registering.Asked;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** Records that name their schema by the reference's GUID are read here, and the other way round. */
class GuidsTest {

    private static final StoredSchema TEXT = new StoredSchema("AVRO", "\"string\"");

    /** What {@code md5sum} says of these bytes, each character one. */
    private static SchemaGuid md5(String bytes) throws Exception {
        String hex = HexFormat.of()
                .formatHex(MessageDigest.getInstance("MD5").digest(bytes.getBytes(StandardCharsets.ISO_8859_1)));
        return SchemaGuid.parse(hex.replaceFirst("(.{8})(.{4})(.{4})(.{4})", "$1-$2-$3-$4-"));
    }

    @Test
    void aTextIsDigestedAsItStands() {
        // echo -n '"string"' | md5sum
        assertThat(Guids.shared(TEXT)).isEqualTo(SchemaGuid.parse("095d71cf-1255-6b9d-5e33-0ad575b3df5d"));
    }

    @Test
    void referencesMetadataAndRulesFollowInTheReferencesOrder() throws Exception {
        StoredSchema schema = new StoredSchema(
                "JSON",
                "{}",
                List.of(new SchemaReference("a.json", "a", 258)),
                Optional.of(Json.read("{\"sensitive\":[\"y\",\"x\"],\"properties\":{\"q\":\"2\",\"p\":\"1\"},"
                        + "\"tags\":{\"t\":[\"B\",\"A\"]}}")),
                Optional.of(Json.read("{\"domainRules\":[{\"mode\":\"WRITE\",\"name\":\"d\",\"disabled\":true}],"
                        + "\"migrationRules\":[{\"name\":\"m\",\"doc\":null,\"tags\":[\"g\"],\"params\":{\"k\":\"v\"},"
                        + "\"expr\":\"e\",\"disabled\":false}]}")));

        assertThat(Guids.shared(schema))
                .isEqualTo(md5("{}" + "a.jsona\0\0\1\2" + "\1tABp1q2xy" + "\1mgkve" + "dWRITE\1"));
    }

    private static SubjectVersion register(SubjectStore store, String subject, StoredSchema schema) {
        return store.register(
                QualifiedSubject.of(subject), new Asked(schema, OptionalInt.empty(), OptionalInt.empty(), false));
    }

    @Test
    void answersCarryTheReferencesGuidAndBothKindsAreFound() {
        try (SubjectStore store = SubjectStore.inMemory()) {
            SubjectVersion version = register(store, "s", TEXT);
            assertThat(store.guid(version)).isEqualTo(Guids.shared(TEXT));
            for (SchemaGuid guid : List.of(Guids.shared(TEXT), Guids.of(TEXT))) {
                assertThat(store.byGuid(guid)).containsExactly(new SubjectStore.Held(".", version.id(), guid, TEXT));
            }
        }
    }

    @Test
    void whatSharesAGuidIsKnownUnderAnotherOfItsOwn() {
        StoredSchema avro = new StoredSchema("AVRO", "{\"type\":\"string\"}");
        StoredSchema json = new StoredSchema("JSON", avro.text());
        assertThat(Guids.shared(avro)).isEqualTo(Guids.shared(json));
        Registrations state = new Registrations();
        // As after a compaction: the later id comes first.
        state.apply(new Change.SchemaStored("t", 1, 2, json, false));
        state.apply(new Change.SchemaStored("s", 1, 1, avro, false));
        ContextSchemas schemas = state.schemas(".");

        assertThat(schemas.guid(1)).contains(Guids.shared(avro));
        assertThat(schemas.guid(2)).contains(Guids.of(json));
        assertThat(schemas.id(Guids.shared(avro))).contains(1);
        assertThat(schemas.id(Guids.of(json))).contains(2);

        state.apply(new Change.SchemaRemoved("s", 1));
        assertThat(schemas.guid(2)).contains(Guids.shared(json));
    }
}
