package dev.schemabus.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.avro.JsonProperties;
import org.apache.avro.Schema;
import org.apache.avro.util.internal.JacksonUtils;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Walks the Avro and the JSON schema of a declaration side by side; neither knows how the other came about. */
class BothFormatsTest {

    record Page<T>(List<T> items, Optional<Page<T>> next) {}

    @Value
    record Sku(String code) {}

    @SuppressWarnings("ArrayRecordComponent") // schemas don't compare values
    record Containers(
            Set<String> tags,
            Collection<Integer> counts,
            String[] names,
            int[] sizes,
            Map<UUID, Integer> byId,
            Map<Integer, GoldenRecords.Address> byNumber,
            Map<GoldenRecords.Suit, List<String>> bySuit,
            OptionalInt first,
            OptionalLong second,
            OptionalDouble third,
            Sku sku,
            GoldenRecords.Suit suit,
            Optional<GoldenRecords.Suit> other,
            @Default("[\"a\"]") List<String> defaults,
            Page<GoldenRecords.Address> addresses,
            Page<String> texts) {}

    sealed interface Sum permits Add, Constant {}

    record Add(Sum left, Sum right) implements Sum {}

    record Constant(int value) implements Sum {}

    static Stream<Arguments> everyDeclarationInEveryDialect() {
        List<Class<?>> types = new ArrayList<>(GoldenRecords.all());
        types.addAll(List.of(Containers.class, Sum.class, Add.class));
        List<Arguments> cases = new ArrayList<>();
        for (Class<?> type : types) {
            if (type.isRecord() || type.isSealed()) {
                for (JsonDialect dialect : JsonDialect.values()) {
                    if (dialect != JsonDialect.DRAFT_3) {
                        cases.add(Arguments.of(type, dialect));
                    }
                }
            }
        }
        assertThat(cases).hasSizeGreaterThan(180);
        return cases.stream();
    }

    @ParameterizedTest
    @MethodSource("everyDeclarationInEveryDialect")
    void bothFormatsSayTheSame(Class<?> type, JsonDialect dialect) throws Exception {
        SchemaGenerator generator = SchemaGenerator.standard().withJsonDialect(dialect);
        String avro = generator.generate(type, SchemaFormat.AVRO).text();
        String json = generator.generate(type, SchemaFormat.JSON).text();

        new Walk(new ObjectMapper().readTree(json)).compare(new Schema.Parser().parse(avro), type.getSimpleName());
    }

    private static final class Walk {

        private final JsonNode root;
        private final Set<String> seen = new HashSet<>();

        Walk(JsonNode root) {
            this.root = root;
        }

        void compare(Schema avro, String path) {
            compare(avro, root, path);
        }

        private JsonNode resolved(JsonNode json) {
            JsonNode direct = json.has("allOf") ? json.get("allOf").get(0) : json;
            if (!direct.has("$ref")) {
                return direct;
            }
            String reference = direct.get("$ref").textValue();
            assertThat(reference).startsWith("#");
            JsonNode target = reference.equals("#") ? root : root.at(reference.substring(1));
            assertThat(target.isObject()).as(reference).isTrue();
            return target;
        }

        private void compare(Schema avro, JsonNode json, String path) {
            switch (avro.getType()) {
                case RECORD -> compareRecord(avro, resolved(json), false, path);
                case UNION -> compareUnion(avro, json, path);
                case ENUM -> assertThat(texts(json.get("enum"))).as(path).isEqualTo(avro.getEnumSymbols());
                case ARRAY -> {
                    assertThat(json.get("type").textValue()).as(path).isEqualTo("array");
                    compare(avro.getElementType(), json.get("items"), path + "[]");
                }
                case MAP -> {
                    assertThat(json.get("type").textValue()).as(path).isEqualTo("object");
                    compare(avro.getValueType(), json.get("additionalProperties"), path + "{}");
                }
                default -> compareScalar(avro, json, path);
            }
        }

        private void compareRecord(Schema avro, JsonNode json, boolean branch, String path) {
            assertThat(json.get("title").textValue()).as(path).isEqualTo(avro.getFullName());
            assertThat(json.get("type").textValue()).as(path).isEqualTo("object");
            assertThat(json.get("additionalProperties").booleanValue()).as(path).isFalse();
            assertThat(json.path("description").asText(null)).as(path).isEqualTo(avro.getDoc());
            List<String> names = new ArrayList<>();
            List<String> required = new ArrayList<>();
            if (branch) {
                names.add("@type");
                required.add("@type");
                assertThat(json.at("/properties/@type/const").textValue())
                        .as(path)
                        .isEqualTo(avro.getName());
            }
            for (Schema.Field field : avro.getFields()) {
                names.add(field.name());
                if (!field.hasDefaultValue()) {
                    required.add(field.name());
                }
            }
            assertThat(keys(json.path("properties"))).as(path).isEqualTo(names);
            assertThat(texts(json.path("required"))).as(path).isEqualTo(required);
            if (seen.add(avro.getFullName() + branch)) {
                for (Schema.Field field : avro.getFields()) {
                    compareField(field, json.get("properties").get(field.name()), path + "." + field.name());
                }
            }
        }

        private void compareField(Schema.Field avro, JsonNode json, String path) {
            JsonNode described = json.has("allOf") ? json.get("allOf").get(1) : json;
            if (avro.doc() != null) {
                assertThat(described.get("description").textValue()).as(path).isEqualTo(avro.doc());
            }
            boolean absent = avro.hasDefaultValue() && avro.defaultVal() == JsonProperties.NULL_VALUE;
            assertThat(json.has("default")).as(path).isEqualTo(avro.hasDefaultValue() && !absent);
            boolean plain = avro.schema().getProp("logicalType") == null
                    && avro.schema().getType() != Schema.Type.BYTES;
            if (json.has("default") && plain) {
                JsonNode value = JacksonUtils.toJsonNode(avro.defaultVal());
                if (value.isNumber()) {
                    assertThat(json.get("default").floatValue()).as(path).isEqualTo(value.floatValue());
                } else {
                    assertThat(json.get("default").asText()).as(path).isEqualTo(value.asText());
                }
            }
            compare(avro.schema(), json, path);
        }

        private void compareUnion(Schema avro, JsonNode json, String path) {
            List<Schema> types = avro.getTypes();
            JsonNode choices = json.get("oneOf");
            assertThat(choices).as(path).hasSameSizeAs(types);
            long records = types.stream()
                    .filter(type -> type.getType() == Schema.Type.RECORD)
                    .count();
            for (int i = 0; i < types.size(); i++) {
                Schema type = types.get(i);
                JsonNode choice = choices.get(i);
                if (type.getType() == Schema.Type.NULL) {
                    assertThat(choice.get("type").textValue()).as(path).isEqualTo("null");
                } else if (type.getType() == Schema.Type.RECORD
                        && (records > 1
                                || resolved(choice).at("/properties/@type").isObject())) {
                    compareRecord(type, resolved(choice), true, path + "(" + type.getName() + ")");
                } else {
                    compare(type, choice, path);
                }
            }
        }

        private static void compareScalar(Schema avro, JsonNode json, String path) {
            if (avro.getLogicalType() != null || avro.getProp("logicalType") != null) {
                // What it is written as differs by format; that it is a plain value doesn't.
                assertThat(json.get("type").textValue()).as(path).isIn("string", "integer", "number");
                return;
            }
            String type = json.get("type").textValue();
            switch (avro.getType()) {
                case BOOLEAN -> assertThat(type).as(path).isEqualTo("boolean");
                case INT, LONG -> assertThat(type).as(path).isEqualTo("integer");
                case FLOAT, DOUBLE -> assertThat(type).as(path).isEqualTo("number");
                case STRING -> assertThat(type).as(path).isEqualTo("string");
                case BYTES, FIXED -> {
                    assertThat(type).as(path).isEqualTo("string");
                    assertThat(json.get("contentEncoding").textValue()).as(path).isEqualTo("base64");
                }
                default -> throw new AssertionError(path + ": " + avro);
            }
        }

        private static List<String> texts(JsonNode array) {
            List<String> texts = new ArrayList<>();
            array.forEach(text -> texts.add(text.textValue()));
            return texts;
        }

        private static List<String> keys(JsonNode object) {
            List<String> keys = new ArrayList<>();
            for (Iterator<String> names = object.fieldNames(); names.hasNext(); ) {
                keys.add(names.next());
            }
            return keys;
        }
    }
}
