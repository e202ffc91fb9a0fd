package dev.schemabus.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Random schemas of both formats, and random steps from one to the next. */
class RandomEvolutionTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final List<String> AVRO_TYPES = List.of(
            "'int'",
            "'long'",
            "'double'",
            "'string'",
            "'bytes'",
            "['null','string']",
            "{'type':'long','logicalType':'timestamp-millis'}",
            "{'type':'long','logicalType':'timestamp-micros'}",
            "{'type':'bytes','logicalType':'decimal','precision':9,'scale':2}",
            "{'type':'bytes','logicalType':'decimal','precision':8,'scale':3}",
            "{'type':'array','items':{'type':'int','logicalType':'date'}}",
            "{'type':'map','values':['null','double']}",
            "['null','Root']");

    private static final List<String> JSON_TYPES = List.of(
            "{'type':'integer'}",
            "{'type':'number','default':1}",
            "{'type':'string','format':'date'}",
            "{'type':'string','format':'date-time'}",
            "{'type':'string','contentEncoding':'base64'}",
            "{'type':['null','string']}",
            "{'oneOf':[{'type':'null'},{'type':'string','format':'time'}]}",
            "{'type':'array','items':{'type':'integer','x-unit':'s'}}",
            "{'type':'object','additionalProperties':{'type':'number'}}",
            "{'enum':['A','B']}",
            "{'$ref':'#'}");

    /** A record of a few components, each of which has another type, default or alias now and then. */
    private static EventSchema avro(Random random) {
        List<String> fields = new ArrayList<>();
        for (String name : List.of("a", "b", "c", "d")) {
            if (random.nextInt(4) > 0) {
                String type = AVRO_TYPES.get(random.nextInt(AVRO_TYPES.size()));
                String initial = type.equals("'int'") ? ",'default':" + random.nextInt(2) : "";
                String alias = random.nextInt(4) == 0 ? ",'aliases':['" + "abcde".charAt(random.nextInt(5)) + "']" : "";
                fields.add("{'name':'" + name + "','type':" + type + initial + alias + "}");
            }
        }
        String symbols = List.of("'X'", "'X','Y'", "'Y','X','Z'").get(random.nextInt(3));
        String initial = random.nextBoolean() ? ",'default':'X'" : "";
        fields.add("{'name':'e','type':{'type':'enum','name':'E','symbols':[" + symbols + "]" + initial + "}}");
        String namespace = random.nextInt(4) == 0 ? "other" : "shop";
        return EventSchema.of(
                SchemaFormat.AVRO,
                ("{'type':'record','name':'Root','namespace':'" + namespace + "','fields':[" + String.join(",", fields)
                                + "]}")
                        .replace('\'', '"'));
    }

    private static EventSchema json(Random random) {
        List<String> properties = new ArrayList<>();
        for (String name : List.of("a", "b", "c", "d")) {
            if (random.nextInt(4) > 0) {
                properties.add("'" + name + "':" + JSON_TYPES.get(random.nextInt(JSON_TYPES.size())));
            }
        }
        return JsonRulesTest.json("{'title':'" + (random.nextInt(4) == 0 ? "other" : "shop")
                + ".Root','type':'object','properties':{" + String.join(",", properties) + "}"
                + (random.nextBoolean() ? ",'additionalProperties':false" : "")
                + (random.nextBoolean() ? ",'required':['a']" : "") + "}");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void everyStepIsJudgedAndTheOrderOfComponentsDoesNotMatter(long seed) {
        Random random = new Random(seed);
        int warned = 0;
        for (int i = 0; i < 1_000; i++) {
            boolean avro = random.nextBoolean();
            EventSchema older = avro ? avro(random) : json(random);
            EventSchema newer = avro ? avro(random) : json(random);
            String pair = "seed %d, pair %d: %s after %s".formatted(seed, i, newer.text(), older.text());

            for (ContentPolicy policy : ContentPolicy.values()) {
                for (CompatibilityLevel level : CompatibilityLevel.values()) {
                    assertThat(Compatibility.check(level, newer, List.of(older, newer, older), policy))
                            .as(pair)
                            .isNotNull();
                }
            }
            List<SemanticWarning> warnings = Compatibility.warnings(newer, older);
            warned += warnings.isEmpty() ? 0 : 1;
            assertThat(Compatibility.warnings(newer, shuffled(newer, random)))
                    .as(pair)
                    .isEmpty();
            assertThat(withoutPaths(Compatibility.warnings(shuffled(newer, random), shuffled(older, random))))
                    .as(pair)
                    .containsExactlyInAnyOrderElementsOf(withoutPaths(warnings));
        }
        assertThat(warned).as("pairs with warnings").isBetween(100, 999);
    }

    private static List<String> withoutPaths(List<SemanticWarning> warnings) {
        return warnings.stream()
                .map(one -> one.kind() + " " + one.component() + " " + one.reason())
                .toList();
    }

    /** The same schema with its fields, properties, symbols and union branches in another order. */
    private static EventSchema shuffled(EventSchema schema, Random random) {
        try {
            return EventSchema.of(
                    schema.format(),
                    shuffled(JSON.readTree(schema.text()), random, schema.format())
                            .toString());
        } catch (java.io.IOException e) {
            throw new AssertionError(e);
        }
    }

    private static JsonNode shuffled(JsonNode node, Random random, SchemaFormat format) {
        if (node instanceof ObjectNode object) {
            ObjectNode copy = object.objectNode();
            List<String> names = new ArrayList<>();
            object.fieldNames().forEachRemaining(names::add);
            if (format == SchemaFormat.JSON) {
                Collections.shuffle(names, random);
            }
            for (String name : names) {
                JsonNode member = shuffled(object.get(name), random, format);
                if (List.of("fields", "symbols", "oneOf", "required", "enum").contains(name)) {
                    List<JsonNode> elements = new ArrayList<>();
                    member.forEach(elements::add);
                    Collections.shuffle(elements, random);
                    member = object.arrayNode().addAll(elements);
                }
                copy.set(name, member);
            }
            return copy;
        }
        if (node instanceof ArrayNode array) {
            ArrayNode copy = array.arrayNode();
            array.forEach(element -> copy.add(shuffled(element, random, format)));
            return copy;
        }
        return node;
    }

    static Stream<EventSchema> recorded() {
        return CompatibilityVerdictsTest.pairs().flatMap(pair -> Stream.of(pair.older(), pair.newer()));
    }

    @ParameterizedTest
    @MethodSource("recorded")
    void noSchemaWarnsAboutItself(EventSchema schema) {
        Random random = new Random(1);
        // In two texts, so that the answer isn't given before the schemas are walked.
        String documented =
                schema.format() == SchemaFormat.AVRO || schema.text().equals("true")
                        ? schema.text()
                        : schema.text()
                                .replaceFirst("^\\{", "{\"\\$comment\":\"the same\",")
                                .replace(",}", "}");
        assertThat(Compatibility.warnings(EventSchema.of(schema.format(), documented), schema))
                .isEmpty();
        assertThat(Compatibility.warnings(shuffled(schema, random), schema)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("dev.schemabus.schema.CompatibilityVerdictsTest#pairs")
    void everyRecordedPairIsJudged(CompatibilityVerdictsTest.Recorded pair) {
        List<SemanticWarning> warnings = Compatibility.warnings(pair.newer(), pair.older());
        assertThat(warnings).allSatisfy(one -> {
            assertThat(one.reason()).endsWith(".");
            assertThat(one.remedy()).endsWith(".");
        });
        if (pair.newer().equals(pair.older())) {
            assertThat(warnings).isEmpty();
        }
    }
}
