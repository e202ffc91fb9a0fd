package dev.schemabus.registry;

import dev.schemabus.schema.EventSchema;
import dev.schemabus.schema.SchemaReference;

/** About how many bytes cached things take. */
final class Weights {

    /** An entry with its key, and the objects that texts are wrapped in. */
    private static final int ENTRY = 300;

    private Weights() {}

    static int entry() {
        return ENTRY;
    }

    /** Of a schema that isn't understood: its text, and the names of what it refers to. */
    static int of(SchemaContent content) {
        long weight = ENTRY
                + 2L * content.text().length()
                + (long) ENTRY * content.references().size();
        return (int) Math.min(Integer.MAX_VALUE, weight);
    }

    /** A schema keeps its text, and, once it was compared, its canonical text, which is shorter. */
    static int of(EventSchema schema) {
        long weight = ENTRY + 2L * schema.text().length();
        for (SchemaReference reference : schema.references()) {
            weight += ENTRY + 2L * reference.schema().text().length();
        }
        return (int) Math.min(Integer.MAX_VALUE, weight);
    }
}
