package dev.schemabus.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.schemabus.schema.Comparisons.Pair;
import dev.schemabus.schema.SemanticWarning.Kind;
import dev.schemabus.schema.SemanticWarnings.Meaning;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import org.apache.avro.JsonProperties;
import org.apache.avro.Schema;
import org.apache.avro.Schema.Field;
import org.jspecify.annotations.Nullable;

/**
 * Where one Avro schema takes data of another for something else although schema resolution succeeds: it looks at
 * {@code long} and {@code bytes} alone, so that microseconds are read as milliseconds, and 12.3456 as 1234.56.
 */
final class AvroSemantics {

    /** What tools note in schemas for themselves. */
    private static final List<String> TOOLS = List.of("avro.java.", "java-", "connect.", "logicalType");

    private final SemanticWarnings warnings = new SemanticWarnings();
    private final Comparisons comparisons = new Comparisons();
    private final AvroAliases aliases;

    private AvroSemantics(Schema newer, Schema older) {
        this.aliases = new AvroAliases(warnings, newer, older);
    }

    static List<SemanticWarning> warnings(EventSchema newer, EventSchema older) {
        Schema now = newer.avroSchema();
        Schema then = older.avroSchema();
        AvroSemantics semantics = new AvroSemantics(now, then);
        semantics.compare(Place.ROOT, now, then);
        return semantics.warnings.list();
    }

    private void compare(Place place, Schema now, Schema then) {
        comparisons.once(new Pair(now, List.of(then), ""), () -> differences(place, now, then));
    }

    private void differences(Place place, Schema now, Schema then) {
        if (then.isUnion()) {
            then.getTypes().forEach(branch -> compare(place, now, branch));
        } else if (now.isUnion()) {
            int branch = branchFor(then, now.getTypes());
            if (branch >= 0) {
                compare(place.at(String.valueOf(branch)), now.getTypes().get(branch), then);
            }
        } else if (AvroRules.sameTypeAndName(now, then)) {
            warnings.meaning(place, meaning(now), meaning(then));
            switch (now.getType()) {
                case RECORD -> record(place, now, then);
                case ENUM -> enumeration(place, now, then);
                case FIXED -> aliases.compareTypes(place, now, then);
                case ARRAY -> compare(place.at("items"), now.getElementType(), then.getElementType());
                case MAP -> compare(place.at("values"), now.getValueType(), then.getValueType());
                default -> {}
            }
        } else if (AvroRules.promotes(then.getType(), now.getType())) {
            warnings.meaning(place, meaning(now), meaning(then));
            promotion(place, now, then);
        }
    }

    /** As Avro chooses: the branch of the same type, or else the first one that it can be promoted to. */
    private static int branchFor(Schema written, List<Schema> branches) {
        BiPredicate<Schema, Schema> same = AvroRules::sameTypeAndName;
        BiPredicate<Schema, Schema> promoted = (now, then) -> AvroRules.promotes(then.getType(), now.getType());
        for (BiPredicate<Schema, Schema> fits : List.of(same, promoted)) {
            for (int i = 0; i < branches.size(); i++) {
                if (fits.test(branches.get(i), written)) {
                    return i;
                }
            }
        }
        return -1;
    }

    private void record(Place place, Schema now, Schema then) {
        aliases.compareTypes(place, now, then);
        Set<String> gone = then.getFields().stream().map(Field::name).collect(Collectors.toCollection(HashSet::new));
        Set<String> fresh = new HashSet<>();
        List<Field> fields = new ArrayList<>(now.getFields());
        fields.sort(Comparator.comparing(Field::name)); // the order of fields doesn't matter to readers
        for (Field field : fields) {
            List<Field> candidates = AvroAliases.candidates(then, field);
            if (candidates.isEmpty()) {
                fresh.add(field.name());
                continue;
            }
            Field written = candidates.get(0);
            gone.remove(written.name());
            Place at = place.field(now, field);
            warnings.meaning(at, new Meaning("", null, attributes(field)), new Meaning("", null, attributes(written)));
            warnings.defaults(at.at("default"), field.name(), defaultOf(field), defaultOf(written));
            compare(at.at("type"), field.schema(), written.schema());
        }
        aliases.compareFields(now, then, field -> place.field(now, field));
        if (!gone.isEmpty() && !fresh.isEmpty()) {
            warnings.renames(types(then, gone), types(now, fresh), name -> place.field(now, now.getField(name)));
        }
    }

    private static Map<String, JsonNode> types(Schema owner, Set<String> names) {
        Map<String, JsonNode> types = new HashMap<>();
        for (String name : names) {
            types.put(name, JsonText.tree(owner.getField(name).schema().toString()));
        }
        return types;
    }

    private void enumeration(Place place, Schema now, Schema then) {
        aliases.compareTypes(place, now, then);
        String added = others(now, then);
        String removed = others(then, now);
        String nowDefault = now.getEnumDefault();
        String thenDefault = then.getEnumDefault();
        if (thenDefault != null && !thenDefault.equals(nowDefault)) {
            warnings.add(
                    Kind.ENUM_DEFAULT_CHANGED,
                    place.at("default"),
                    "Symbols that a reader doesn't know were read as " + thenDefault + " and are "
                            + (nowDefault == null ? "refused." : "read as " + nowDefault + '.'),
                    "Keep " + thenDefault + " as the enum's default (@EnumDefault).");
        }
        if (!removed.isEmpty() && nowDefault != null) {
            warnings.add(
                    Kind.ENUM_SYMBOL_REMOVED,
                    place.at("symbols"),
                    "What was written as " + removed + " is read as " + nowDefault + '.',
                    "Keep " + removed + " as long as such data is read.");
        }
        if (nowDefault == null && !(added + removed).isEmpty()) {
            warnings.add(
                    Kind.ENUM_DEFAULT_MISSING,
                    place,
                    "The enum's symbols change, but readers refuse a symbol that they don't know.",
                    "Give the enum a default (@EnumDefault), so that the next change is safe.");
        } else if (thenDefault == null && !added.isEmpty()) {
            warnings.add(
                    Kind.ENUM_DEFAULT_MISSING,
                    place,
                    "Readers of the older schema refuse " + added + ", since their enum has no default.",
                    "Upgrade all consumers before a producer writes " + added + '.');
        }
    }

    private static String others(Schema one, Schema other) {
        return one.getEnumSymbols().stream()
                .filter(symbol -> !other.hasEnumSymbol(symbol))
                .sorted()
                .collect(Collectors.joining(", "));
    }

    private void promotion(Place place, Schema now, Schema then) {
        String from = then.getType().getName();
        String to = now.getType().getName();
        String remedy = "Keep " + from + ", or add a component of another name.";
        switch (now.getType()) {
            case STRING ->
                warnings.add(
                        Kind.TEXT_AND_BYTES, place, "Bytes are read as text, which garbles all but UTF-8.", remedy);
            case BYTES -> warnings.add(Kind.TEXT_AND_BYTES, place, "Text is read as its UTF-8 bytes.", remedy);
            case FLOAT, DOUBLE -> {
                boolean wide = now.getType() == Schema.Type.DOUBLE;
                if (then.getType() == Schema.Type.LONG || (then.getType() == Schema.Type.INT && !wide)) {
                    warnings.add(
                            Kind.DIGITS_LOST,
                            place,
                            "What was written as " + from + " is read as " + to + ", which rounds numbers of more than "
                                    + (wide ? "15" : "7") + " digits.",
                            remedy);
                }
            }
            default -> {}
        }
    }

    private static Meaning meaning(Schema schema) {
        return new Meaning(schema.getType().getName(), schema.getProp("logicalType"), attributes(schema));
    }

    private static Map<String, Object> attributes(JsonProperties owner) {
        Map<String, Object> attributes = new HashMap<>(owner.getObjectProps());
        attributes
                .keySet()
                .removeIf(name -> name.equals("doc") || TOOLS.stream().anyMatch(name::startsWith));
        // Its text is the place of the object in memory, which no message should hold.
        attributes.replaceAll((name, value) -> value == JsonProperties.NULL_VALUE ? "null" : value);
        return attributes;
    }

    private static @Nullable JsonNode defaultOf(Field field) {
        Object value = field.hasDefaultValue() ? field.defaultVal() : null;
        return value == null ? null : json(value); // null also where it isn't of the field's type
    }

    private static JsonNode json(Object value) {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        if (value == JsonProperties.NULL_VALUE) {
            return nodes.nullNode();
        }
        if (value instanceof byte[] bytes) {
            return nodes.textNode(new String(bytes, StandardCharsets.ISO_8859_1));
        }
        if (value instanceof Map<?, ?> members) {
            ObjectNode object = nodes.objectNode();
            members.forEach((name, member) -> object.set(String.valueOf(name), json(member)));
            return object;
        }
        if (value instanceof List<?> elements) {
            ArrayNode array = nodes.arrayNode();
            elements.forEach(element -> array.add(json(element)));
            return array;
        }
        if (value instanceof Boolean flag) {
            return nodes.booleanNode(flag);
        }
        if (value instanceof Number number && Double.isFinite(number.doubleValue())) {
            return nodes.numberNode(new BigDecimal(number.toString()));
        }
        return nodes.textNode(value.toString());
    }
}
