package dev.schemabus.schema;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Makes the schema of one root, and those of the shared types that it needs. */
final class ReferringSchemas {

    private final SchemaFormat format;
    private final Sharing sharing;
    private final Function<Shape, EventSchema> renderer;
    private final Map<String, EventSchema> made = new HashMap<>();

    /**
     * For one root.
     *
     * @param renderer gives schemas that stand for themselves
     */
    ReferringSchemas(SchemaFormat format, Sharing sharing, Function<Shape, EventSchema> renderer) {
        this.format = format;
        this.sharing = sharing;
        this.renderer = renderer;
    }

    EventSchema of(Shape shape) {
        EventSchema whole = renderer.apply(shape);
        Map<String, Shape> shared = sharing.within(shape);
        if (shared.isEmpty()) {
            return whole;
        }
        return format == SchemaFormat.AVRO
                ? AvroText.referring(whole, references(shared, shared.keySet()))
                : json(whole, shared);
    }

    private EventSchema json(EventSchema whole, Map<String, Shape> shared) {
        ObjectNode tree = (ObjectNode) whole.ownTree();
        List<SchemaReference> references = references(shared, JsonSharing.takeOut(shared.keySet(), tree));
        return EventSchema.of(SchemaFormat.JSON, tree.toString(), references);
    }

    private List<SchemaReference> references(Map<String, Shape> shared, Set<String> used) {
        List<SchemaReference> references = new ArrayList<>();
        shared.forEach((name, shape) -> {
            if (used.contains(name)) {
                EventSchema known = made.get(name);
                EventSchema schema = known == null ? of(shape) : known;
                made.put(name, schema);
                references.add(new SchemaReference(name, schema));
            }
        });
        return references;
    }
}
