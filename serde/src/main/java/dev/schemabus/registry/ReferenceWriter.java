package dev.schemabus.registry;

import dev.schemabus.schema.EventSchema;
import dev.schemabus.schema.SchemaException;
import dev.schemabus.schema.SchemaReference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Says to a registry what a schema refers to. A referenced schema has a subject of its own ({@link SubjectNaming#shared}),
 * in the context of the schema that refers to it.
 */
final class ReferenceWriter {

    /** Finds out which version of its subject a referenced schema is, by registering it or by looking it up. */
    interface Versions {
        int of(Subject subject, SchemaContent content);
    }

    private ReferenceWriter() {}

    /**
     * The schema as a registry takes it, after everything it refers to: each once, and after those it needs itself.
     *
     * @throws SchemaException if it refers to too much
     */
    static SchemaContent content(Subject referrer, EventSchema schema, Versions versions) {
        if (schema.references().isEmpty()) {
            return new SchemaContent(schema.format().name(), schema.text());
        }
        requireWithinLimits(schema);
        Map<String, SubjectReference> written = new HashMap<>();
        for (SchemaReference reference : schema.references()) {
            Subject subject = Subject.in(
                    referrer.context(), SubjectNaming.shared(reference).name());
            int version = versions.of(subject, content(reference.schema(), written));
            written.put(reference.name(), new SubjectReference(reference.name(), subject, version));
        }
        return content(schema, written);
    }

    private static SchemaContent content(EventSchema schema, Map<String, SubjectReference> written) {
        List<SubjectReference> references = new ArrayList<>();
        for (SchemaReference direct : schema.directReferences()) {
            SubjectReference reference = written.get(direct.name());
            if (reference == null) {
                throw new SchemaException(schema + " refers to " + direct.name() + ", which comes after it: a schema"
                        + " must be complete before others refer to it");
            }
            references.add(reference);
        }
        return new SchemaContent(schema.format().name(), schema.text()).withReferences(references);
    }

    private static void requireWithinLimits(EventSchema schema) {
        int references = schema.references().size();
        if (references > ReferenceResolver.MAX_REFERENCES) {
            throw new SchemaException(schema.name().orElse("A schema") + " refers to " + references + " schemas, and "
                    + ReferenceResolver.MAX_REFERENCES + " is the most: write some of them out (without @Shared)");
        }
        Map<String, Integer> depths = new HashMap<>();
        for (SchemaReference reference : schema.references()) {
            int depth = 1;
            for (SchemaReference inner : reference.schema().directReferences()) {
                depth = Math.max(depth, depths.getOrDefault(inner.name(), 0) + 1);
            }
            if (depth > ReferenceResolver.MAX_DEPTH) {
                throw new SchemaException(reference.name() + " stands at the top of " + depth + " references that"
                        + " follow upon each other, and " + ReferenceResolver.MAX_DEPTH
                        + " is the most: write the inner ones out (without @Shared)");
            }
            depths.put(reference.name(), depth);
        }
    }
}
