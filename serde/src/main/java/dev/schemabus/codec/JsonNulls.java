package dev.schemabus.codec;

import com.fasterxml.jackson.databind.JsonNode;
import dev.schemabus.schema.Component;
import dev.schemabus.schema.RecordShape;
import dev.schemabus.schema.Shape;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which absent components a writer schema wants as null: it requires the property, and lets it be null. Found out whether or
 * not anything is checked, since a payload without the property would break the schema. What can't be seen through says
 * nothing.
 */
final class JsonNulls {

    /** No schema is known. */
    static final JsonNulls NONE = new JsonNulls();

    private final Map<RecordShape, BitSet> required = new HashMap<>();

    /** A record may stand in several places; null must be right in each. */
    private final Map<RecordShape, BitSet> refused = new HashMap<>();

    private final Map<RecordShape, Set<JsonNode>> seen = new HashMap<>();

    private JsonNulls() {}

    static JsonNulls of(Shape shape, JsonNode schema) {
        JsonNulls nulls = new JsonNulls();
        try {
            nulls.look(shape, JsonKeywords.of(schema));
        } catch (UncompilableException e) {
            // the root can't be seen through
        }
        return nulls;
    }

    boolean areWanted(RecordShape record, int component) {
        return has(required, record, component) && !has(refused, record, component);
    }

    private static boolean has(Map<RecordShape, BitSet> components, RecordShape record, int component) {
        BitSet its = components.get(record);
        return its != null && its.get(component);
    }

    private static void add(Map<RecordShape, BitSet> components, RecordShape record, int component) {
        components.computeIfAbsent(record, first -> new BitSet()).set(component);
    }

    private void look(Shape shape, JsonKeywords keywords) {
        if (shape instanceof Shape.OfList list) {
            look(list.element(), keywords, keywords.peek("items"));
        } else if (shape instanceof Shape.OfMap map) {
            look(map.value(), keywords, keywords.peek("additionalProperties"));
        } else if (shape instanceof Shape.OfOptional optional) {
            JsonKeywords present = JsonConstraints.presence(keywords).present();
            if (present != null) {
                look(optional.value(), present);
            }
        } else if (shape instanceof Shape.OfUnion union) {
            Optional<Map<String, JsonKeywords>> branches = JsonConstraints.branches(keywords);
            for (RecordShape branch : union.branches()) {
                JsonKeywords its = branches.map(byName -> byName.get(Shape.OfUnion.branchName(branch)))
                        .orElse(null);
                if (its != null) {
                    properties(branch, its);
                }
            }
        } else if (shape instanceof RecordShape record) {
            properties(record, keywords);
        }
    }

    private void look(Shape shape, JsonKeywords around, @Nullable JsonNode schema) {
        if (schema != null) {
            try {
                look(shape, around.at(schema));
            } catch (UncompilableException e) {
                // this place can't be seen through, others may
            }
        }
    }

    private void properties(RecordShape record, JsonKeywords keywords) {
        boolean first = seen.computeIfAbsent(record, none -> Collections.newSetFromMap(new IdentityHashMap<>()))
                .add(keywords.schema());
        if (!first) {
            return;
        }
        Set<String> demanded = new HashSet<>();
        JsonNode names = keywords.peek("required");
        if (names != null) {
            names.forEach(name -> demanded.add(name.asText()));
        }
        JsonNode schemas = keywords.peek("properties");
        List<Component> components = record.components();
        for (int i = 0; i < components.size(); i++) {
            Component component = components.get(i);
            JsonNode schema = schemas == null ? null : schemas.get(component.name());
            if (component.shape() instanceof Shape.OfOptional) {
                if (demanded.contains(component.name())) {
                    add(required, record, i);
                }
                if (!isNullAllowed(keywords, schema)) {
                    add(refused, record, i);
                }
            }
            look(component.shape(), keywords, schema);
        }
    }

    private static boolean isNullAllowed(JsonKeywords record, @Nullable JsonNode schema) {
        if (schema == null) {
            return !record.has("additionalProperties") && !record.has("patternProperties");
        }
        try {
            JsonKeywords keywords = record.at(schema);
            return !keywords.has("not")
                    && !keywords.has("if")
                    && JsonConstraints.presence(keywords).nullAllowed();
        } catch (UncompilableException e) {
            return false;
        }
    }
}
