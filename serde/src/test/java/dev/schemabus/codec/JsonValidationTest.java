package dev.schemabus.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.schemabus.schema.Decimal;
import dev.schemabus.schema.EventSchema;
import dev.schemabus.schema.SchemaFormat;
import dev.schemabus.schema.SchemaGenerator;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a writer schema asserts beyond types is checked, with the verdict of a validator that sees everything whole. */
@NullUnmarked // JSON trees are asked for what isn't there
class JsonValidationTest {

    private static final JsonMapper JSON = new JsonMapper();

    private static final CodecFactory CHECKING =
            new CodecFactory(SchemaGenerator.standard()).withMode(Codecs.MODE).withValidation(true);

    enum Colour {
        RED,
        GREEN
    }

    sealed interface Pay permits Cash, Card {}

    record Cash(int cents) implements Pay {}

    record Card(String number, Optional<String> holder) implements Pay {}

    record Line(String sku, long quantity) {}

    @SuppressWarnings("ArrayRecordComponent") // bytes are among what is checked
    record Order(
            String id,
            int count,
            long size,
            double price,
            float ratio,
            boolean paid,
            @Decimal(precision = 9, scale = 2) BigDecimal total,
            Colour colour,
            byte[] proof,
            LocalTime at,
            List<String> tags,
            Set<Integer> codes,
            List<Line> lines,
            Map<String, Integer> stock,
            Optional<String> note,
            OptionalInt rank,
            Pay pay) {}

    private static ObjectNode ownSchema() throws Exception {
        return (ObjectNode)
                JSON.readTree(Codecs.schema(Order.class, SchemaFormat.JSON).text());
    }

    /** Where constraints may go, and which. */
    private static final Map<String, List<String>> CHOICES = new LinkedHashMap<>();

    static {
        List<String> texts = List.of(
                "minLength 1",
                "minLength 4",
                "maxLength 3",
                "maxLength 6",
                "pattern \"^[a-m]\"",
                "pattern \"x$\"",
                "enum [\"a\",\"ax\",\"é😀\"]",
                "const \"ax\"",
                "pattern \"^(?:[a-z]|é)*.$\"");
        List<String> wholes = List.of(
                "minimum 0",
                "maximum 100",
                "exclusiveMinimum 5",
                "exclusiveMaximum 6",
                "multipleOf 1",
                "multipleOf 5",
                "multipleOf 2.5",
                "enum [1,5,10.0]",
                "const 5",
                "minimum -0.5",
                "maximum 7.5",
                "minimum -9e99");
        List<String> numbers = List.of(
                "minimum 0",
                "maximum 0.1",
                "exclusiveMinimum 0.1",
                "exclusiveMaximum 2.5",
                "multipleOf 0.5",
                "enum [0.1,2.5]",
                "const 0.25",
                "minimum -1e3",
                "type \"integer\"");
        CHOICES.put("/properties/id", texts);
        CHOICES.put("/properties/note/oneOf/1", texts);
        CHOICES.put("/properties/tags/items", texts);
        CHOICES.put("/properties/stock/propertyNames", texts);
        CHOICES.put("/properties/count", wholes);
        CHOICES.put("/properties/size", wholes);
        CHOICES.put("/properties/rank/oneOf/1", wholes);
        CHOICES.put("/properties/stock/additionalProperties", wholes);
        CHOICES.put("/properties/price", numbers);
        CHOICES.put("/properties/ratio", numbers);
        CHOICES.put("/properties/total", numbers);
        CHOICES.put("/properties/paid", List.of("const true", "enum [false]"));
        CHOICES.put(
                "/properties/colour",
                List.of("enum [\"RED\"]", "const \"GREEN\"", "enum [\"RED\",\"GREEN\",\"BLUE\"]"));
        CHOICES.put("/properties/proof", List.of("minLength 1", "maxLength 4"));
        CHOICES.put("/properties/tags", List.of("minItems 1", "maxItems 1", "uniqueItems true"));
        CHOICES.put("/properties/codes", List.of("minItems 1", "maxItems 1", "uniqueItems true"));
        CHOICES.put("/properties/lines", List.of("minItems 1", "maxItems 1", "uniqueItems true"));
        CHOICES.put("/properties/stock", List.of("minProperties 1", "maxProperties 1"));
        CHOICES.put("", List.of("required [\"note\"]", "required [\"id\"]", "additionalProperties true"));
    }

    /** Also says more than can be checked on the fly. */
    private static final List<String> WHOLE = List.of(
            "not {\"required\":[\"note\"]}",
            "if {\"properties\":{\"count\":{\"const\":5}}}",
            "minProperties 16",
            "patternProperties {\"^no\":{\"type\":\"string\"}}");

    private static ObjectNode constrained(Random random, boolean whole) throws Exception {
        ObjectNode schema = ownSchema();
        ((ObjectNode) schema.at("/properties/stock")).set("propertyNames", JSON.createObjectNode());
        List<String> places = new ArrayList<>(CHOICES.keySet());
        for (int left = 1 + random.nextInt(3); left > 0; left--) {
            String place = places.get(random.nextInt(places.size()));
            List<String> choices = CHOICES.get(place);
            set(schema.at(place), choices.get(random.nextInt(choices.size())));
        }
        if (whole) {
            set(schema, WHOLE.get(random.nextInt(WHOLE.size())));
            set(schema, "then {\"required\":[\"note\"]}");
        }
        return schema;
    }

    private static void set(JsonNode schema, String keyword) throws Exception {
        assertThat(schema.isObject()).as(keyword).isTrue();
        int space = keyword.indexOf(' ');
        ((ObjectNode) schema).set(keyword.substring(0, space), JSON.readTree(keyword.substring(space + 1)));
    }

    private static Order order(Random random) {
        List<String> texts = List.of("", "a", "ax", "axe", "x", "é😀", "é😀x", "nothing", "mm mm\nx", "abcdefgx\n");
        List<Integer> wholes = List.of(-1, 0, 1, 5, 6, 7, 10, 100, 101);
        List<Double> numbers = List.of(-0.0, 0.1, 0.25, 0.5, 2.5, 3.0, -1e9, 1e-9);
        return new Order(
                one(texts, random),
                one(wholes, random),
                one(wholes, random),
                one(numbers, random),
                one(numbers, random).floatValue(),
                random.nextBoolean(),
                one(List.of("0.00", "0.10", "0.25", "2.50", "3.00"), random).transform(BigDecimal::new),
                one(List.of(Colour.values()), random),
                new byte[random.nextInt(5)],
                LocalTime.of(10, 15, random.nextInt(2) * 30),
                some(texts, random),
                Set.copyOf(some(wholes, random)),
                some(List.of(new Line("a", 1), new Line("b", 2)), random),
                one(List.of(Map.of(), Map.of("a", 5), Map.of("x", 0, "ax", 6)), random),
                Optional.of(one(texts, random)).filter(some -> random.nextBoolean()),
                random.nextBoolean() ? OptionalInt.empty() : OptionalInt.of(one(wholes, random)),
                random.nextBoolean() ? new Cash(5) : new Card("1", Optional.empty()));
    }

    private static <V> V one(List<V> values, Random random) {
        return values.get(random.nextInt(values.size()));
    }

    private static <V> List<V> some(List<V> values, Random random) {
        List<V> some = new ArrayList<>();
        for (int left = random.nextInt(3); left > 0; left--) {
            some.add(one(values, random));
        }
        return some;
    }

    private static boolean isValid(String schema, byte[] payload) {
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
                .getSchema(schema)
                .validate(new String(payload, StandardCharsets.UTF_8), InputFormat.JSON)
                .isEmpty();
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void theVerdictIsThatOfAValidator(long seed) throws Exception {
        Random random = new Random(seed);
        int refused = 0;
        int checkedWhole = 0;
        for (int i = 0; i < 40; i++) {
            boolean whole = i % 8 == 0;
            String schema = constrained(random, whole).toString();
            Codec<Order> plain =
                    CHECKING.withValidation(false).codec(Order.class, EventSchema.of(SchemaFormat.JSON, schema));
            Codec<Order> checking = CHECKING.codec(Order.class, EventSchema.of(SchemaFormat.JSON, schema));
            checkedWhole += needsValidator(schema) ? 1 : 0;
            for (int j = 0; j < 30; j++) {
                Order value = order(random);
                byte[] payload = plain.encode(value, 0);
                boolean valid = isValid(schema, payload);
                String about = schema + "\n" + new String(payload, StandardCharsets.UTF_8);
                assertThat(accepts(() -> assertThat(checking.encode(value, 0)).isEqualTo(payload)))
                        .as("writing %s", about)
                        .isEqualTo(valid);
                assertThat(accepts(() -> checking.decode(payload, 0, payload.length)))
                        .as("reading %s", about)
                        .isEqualTo(valid);
                refused += valid ? 0 : 1;
            }
        }
        assertThat(refused).isBetween(200, 1_000);
        assertThat(checkedWhole).isEqualTo(5);
    }

    private static boolean needsValidator(String schema) throws Exception {
        try {
            new JsonPlan(JsonDirection.READING, CodecSettings.STANDARD, false, JsonNulls.NONE)
                    .form(SchemaGenerator.standard().shape(Order.class), JsonKeywords.of(JSON.readTree(schema)));
            return false;
        } catch (UncompilableException e) {
            return true;
        }
    }

    @Test
    void aPatternMayRunOutOfWays() {
        assertThatThrownBy(() -> new BoundedPattern("^(a|b|ab)*(a+)+\\1?$").isFoundIn("a".repeat(40) + "!"))
                .isInstanceOf(PathException.class)
                .hasMessageContaining("tries too many ways");
    }

    private static boolean accepts(Runnable codec) {
        try {
            codec.run();
            return true;
        } catch (MalformedPayloadException | MismatchedValueException e) {
            assertThat(e).hasMessageContaining("of the schema");
            return false;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/properties/id minLength 1", "/properties/count minimum 5"})
    void aTypesOwnSchemaNeedsNoValidator(String constraint) throws Exception {
        ObjectNode schema = ownSchema();
        set(
                schema.at(constraint.substring(0, constraint.indexOf(' '))),
                constraint.substring(constraint.indexOf(' ') + 1));
        for (JsonDirection direction : JsonDirection.values()) {
            JsonForm form = new JsonPlan(direction, CodecSettings.STANDARD, false, JsonNulls.NONE)
                    .form(SchemaGenerator.standard().shape(Order.class), JsonKeywords.of(schema));

            assertThat(form).isNotNull();
        }
    }

    record Named(String name) {}

    private static Codec<Named> named(String about) {
        return CHECKING.codec(
                Named.class,
                EventSchema.of(
                        SchemaFormat.JSON,
                        "{\"type\":\"object\",\"properties\":{\"name\":" + about + "},\"required\":[\"name\"]}"));
    }

    @Test
    void theMessageNamesThePropertyAndTheConstraintButNotTheValue() {
        Codec<Named> codec = named("{\"type\":\"string\",\"maxLength\":3}");

        assertThatThrownBy(() -> codec.encode(new Named("secret"), 0))
                .isInstanceOf(MismatchedValueException.class)
                .hasMessage("Named.name: is a text that breaks maxLength 3 of the schema");
        assertThatThrownBy(() -> Codecs.decode(codec, "{\"name\":\"secret\"}"))
                .isInstanceOf(MalformedPayloadException.class)
                .hasMessageStartingWith("Named.name: is a text that breaks maxLength 3 of the schema")
                .hasMessageNotContaining("secret");
    }

    @Test
    void aMessageOfTheValidatorHasNoValueEither() {
        Codec<Named> codec = named("{\"not\":{\"maxLength\":3}}");

        assertThatThrownBy(() -> codec.encode(new Named("abc"), 0))
                .isInstanceOf(MismatchedValueException.class)
                .hasMessage("Named.name: breaks not of the schema, at /properties/name/not");
        assertThat(codec.encode(new Named("abcd"), 0)).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // The JVM remembers where the first one failed; it can't for one that refers back to a group.
                "{\"pattern\":\"^(a+)+$\"}",
                "{\"pattern\":\"^(a|b|ab)*(a+)+\\\\1?$\"}",
                "{\"pattern\":\"^(a|b|ab)*(a+)+\\\\1?$\",\"not\":{\"const\":\"b\"}}"
            })
    @Timeout(10)
    void aPatternThatTriesTooManyWaysIsStopped(String about) {
        Codec<Named> codec = named(about);
        Named value = new Named("a".repeat(40) + "!");
        assertThat(codec.encode(new Named("aaa"), 0)).isNotEmpty();

        long start = System.nanoTime();
        assertThatThrownBy(() -> codec.encode(value, 0))
                .isInstanceOf(MismatchedValueException.class)
                .hasMessageContaining("pattern");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
    }

    @Test
    void aPatternThatIsNoneIsToldWhenTheCodecIsMade() {
        assertThatThrownBy(() -> named("{\"pattern\":\"[\"}"))
                .isInstanceOf(UnreadableSchemaException.class)
                .hasMessageStartingWith("The schema's pattern [ can't be read as a regular expression");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "x$      | ax        | true",
                "x$      | ax\\n     | false",
                "^a.b$   | a\\u0085b | true",
                "^[$.]$  | $         | true",
                "^[[a]$  | [         | true",
                "\\$$    | 5$        | true",
                "^[^$]+$ | a$        | false"
            })
    void aPatternIsReadAsEcma262HasIt(String regex, String text, boolean found) {
        String plain = text.replace("\\n", "\n").replace("\\u0085", "\u0085");

        assertThat(new BoundedPattern(regex).isFoundIn(plain)).isEqualTo(found);
    }

    @Test
    void withoutValidationNothingIsChecked() {
        Codec<Named> codec = new CodecFactory(SchemaGenerator.standard())
                .codec(
                        Named.class,
                        EventSchema.of(
                                SchemaFormat.JSON,
                                "{\"type\":\"object\",\"properties\":{\"name\":{\"type\":\"string\",\"maxLength\":3}}}"));

        assertThat(Codecs.decode(codec, codec.encode(new Named("secret"), 0))).isEqualTo(new Named("secret"));
    }

    record Wide(String name, Optional<Wide> inner) {}

    @Test
    void unknownPropertiesAreRefusedOnDemand() {
        EventSchema schema = Codecs.schema(Wide.class, SchemaFormat.JSON);
        CodecFactory factory = new CodecFactory(SchemaGenerator.standard()).withMode(Codecs.MODE);
        String json = "{\"name\":\"a\",\"inner\":{\"more\":1,\"name\":\"b\"}}";

        assertThat(Codecs.decode(factory.codec(Wide.class, schema), json).inner())
                .isPresent();
        assertThatThrownBy(() ->
                        Codecs.decode(factory.withUnknownPropertiesRefused(true).codec(Wide.class, schema), json))
                .isInstanceOf(MalformedPayloadException.class)
                .hasMessageStartingWith("Wide.inner.more: is a property that Wide doesn't have");
    }

    @Test
    void theDiscriminatorIsNoUnknownProperty() {
        EventSchema schema = Codecs.schema(Pay.class, SchemaFormat.JSON);
        Codec<Pay> codec = new CodecFactory(SchemaGenerator.standard())
                .withUnknownPropertiesRefused(true)
                .codec(Pay.class, schema);

        assertThat(Codecs.decode(codec, "{\"cents\":5,\"@type\":\"Cash\"}")).isEqualTo(new Cash(5));
        assertThat(Codecs.decode(codec, "{\"@type\":\"Cash\",\"cents\":5}")).isEqualTo(new Cash(5));
    }
}
