package dev.schemabus.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.schemabus.schema.Incompatibility.Direction;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A pair judged compatible must stand the test of a validator: each value that is valid for the writer is valid for the
 * reader. Left out is what the reference accepts knowingly: defaults of required properties, patterns of property
 * names, types that are only implied, branches of the writer's oneOf that overlap.
 */
class JsonRulesSoundnessTest {

    private static final List<JsonNode> VALUES = values();

    private static List<JsonNode> values() {
        List<String> simple = List.of("null", "true", "0", "1", "2", "1.5", "4", "'a'", "'ab'", "'abcd'", "[]", "{}");
        List<String> texts = new ArrayList<>(simple);
        for (String one : simple) {
            texts.add("[" + one + "]");
            texts.add("{'a':" + one + "}");
            texts.add("{'b':" + one + "}");
            for (String other : simple) {
                texts.add("[" + one + "," + other + "]");
                texts.add("{'a':" + one + ",'b':" + other + "}");
                texts.add("{'a':{'b':" + one + "},'c':" + other + "}");
            }
        }
        return texts.stream()
                .map(text ->
                        JsonRulesTest.json("{'const':" + text + "}").jsonTree().get("const"))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void whatIsCompatibleNeverFailsInAValidator(long seed) {
        Random random = new Random(seed);
        SchemaRegistry validators = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7);
        int compatible = 0;
        for (int i = 0; i < 3_000; i++) {
            EventSchema reader = JsonRulesTest.json(schema(random, 2));
            EventSchema writer = JsonRulesTest.json(schema(random, 2));
            if (!JsonRules.read(reader, writer, Direction.BACKWARD, ContentPolicy.STRICT)
                    .isEmpty()) {
                continue;
            }
            compatible++;
            Schema reads = validators.getSchema(reader.jsonTree());
            Schema writes = validators.getSchema(writer.jsonTree());
            assertThat(VALUES)
                    .as("seed %d, pair %d: reader %s, writer %s", seed, i, reader.text(), writer.text())
                    .filteredOn(value -> writes.validate(value).isEmpty())
                    .allMatch(value -> reads.validate(value).isEmpty());
        }
        assertThat(compatible).as("compatible pairs").isGreaterThan(100);
    }

    static String schema(Random random, int depth) {
        return switch (random.nextInt(depth > 0 ? 13 : 6)) {
            case 0 -> "{'type':'integer'" + limit(random, "minimum") + limit(random, "maximum") + "}";
            case 1 -> "{'type':'number'" + limit(random, "exclusiveMaximum") + limit(random, "multipleOf") + "}";
            case 2 -> "{'type':'string'" + limit(random, "minLength") + limit(random, "maxLength") + "}";
            case 3 ->
                "{'type':['string','null','integer']" + limit(random, "maxLength") + limit(random, "minimum") + "}";
            case 4 -> random.nextBoolean() ? "{'enum':[0,'a',null]}" : "{'enum':[0,'a']}";
            case 5 -> random.nextBoolean() ? "{}" : "{'const':'a'}";
            case 6 -> "{'anyOf':" + schemas(random, depth) + "}";
            case 7 -> "{'allOf':" + schemas(random, depth) + "}";
            case 8 -> "{'not':" + schema(random, depth - 1) + "}";
            case 9 ->
                "{'type':'array','items':" + (random.nextBoolean() ? schema(random, depth - 1) : schemas(random, depth))
                        + limit(random, "minItems") + limit(random, "maxItems") + "}";
            case 10 -> "{'oneOf':[{'type':'null'}," + object(random, depth) + "]}";
            default -> object(random, depth);
        };
    }

    private static String object(Random random, int depth) {
        List<String> properties = new ArrayList<>();
        for (String name : List.of("a", "b")) {
            if (random.nextInt(3) > 0) {
                properties.add("'" + name + "':" + schema(random, depth - 1));
            }
        }
        String additional = switch (random.nextInt(4)) {
            case 0 -> "";
            case 1 -> ",'additionalProperties':" + schema(random, depth - 1);
            default -> ",'additionalProperties':false";
        };
        String required = switch (random.nextInt(4)) {
            case 0 -> ",'required':['a']";
            case 1 -> ",'required':['a','b']";
            default -> "";
        };
        String dependencies = random.nextInt(6) == 0 ? ",'dependencies':{'a':['b']}" : "";
        return "{'type':'object','properties':{" + String.join(",", properties) + "}" + additional + required
                + dependencies + limit(random, "minProperties") + "}";
    }

    private static String schemas(Random random, int depth) {
        List<String> schemas = IntStream.rangeClosed(0, random.nextInt(3))
                .mapToObj(i -> schema(random, depth - 1))
                .toList();
        return "[" + String.join(",", schemas) + "]";
    }

    private static String limit(Random random, String keyword) {
        return random.nextInt(4) == 0 ? ",'" + keyword + "':" + (1 + random.nextInt(3)) : "";
    }
}
