package dev.schemabus.codec;

import dev.schemabus.schema.Component;
import dev.schemabus.schema.RecordShape;
import java.io.IOException;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A record's properties, handled one by one: works everywhere, and knows at which of them it fails. */
final class JsonProperties implements JsonRecordForm.Properties {

    private final RecordShape shape;
    private final Component[] components;
    private final JsonForm[] forms;
    private final JsonNames names;

    /** Components that have a default in Java, and are required by the schema. */
    private final BitSet required;

    JsonProperties(RecordShape shape, List<JsonForm> forms, JsonNames names, BitSet required) {
        this.required = required;
        this.shape = shape;
        this.components = shape.components().toArray(Component[]::new);
        this.forms = forms.toArray(JsonForm[]::new);
        this.names = names;
    }

    @Override
    public void write(Object record, JsonOutput out) throws IOException {
        for (int i = 0; i < forms.length; i++) {
            try {
                Object value = Values.component(components[i], record);
                if (!forms[i].isAbsent(value)) {
                    out.name(names.get(i));
                    forms[i].write(value, out);
                }
            } catch (PathException e) {
                throw e.under(step(i));
            } catch (RuntimeException e) {
                throw new PathException(
                                "can't be read (" + e.getClass().getSimpleName() + "): was it changed meanwhile?", e)
                        .under(step(i));
            }
        }
    }

    @Override
    public Object read(JsonInput in) throws IOException {
        @Nullable Object[] values = new @Nullable Object[forms.length];
        BitSet seen = new BitSet(forms.length);
        BitSet byAlias = new BitSet(0);
        int expected = 0;
        int found = in.nextProperty(names, expected);
        while (found != JsonNames.END) {
            int component = found & ~JsonNames.ALIAS;
            try {
                if (found != component && seen.get(component)) {
                    in.skip();
                } else {
                    requireFirst(found == component ? seen : byAlias, component, in);
                    values[component] = forms[component].read(in);
                }
            } catch (PathException e) {
                throw e.under(step(component));
            }
            expected = component + 1;
            found = in.nextProperty(names, expected);
        }
        seen.or(byAlias);
        for (int i = seen.nextClearBit(0); i < forms.length; i = seen.nextClearBit(i + 1)) {
            values[i] = absent(i);
        }
        return Values.create(shape, values);
    }

    /** The name itself may follow an earlier one: whoever renames may write both for a while, and the name counts. */
    private static void requireFirst(BitSet seen, int component, JsonInput in) throws IOException {
        if (seen.get(component)) {
            throw in.duplicate();
        }
        seen.set(component);
    }

    /** What a component has whose property is not there. */
    @Nullable
    Object absent(int component) {
        Component missing = components[component];
        try {
            if (required.get(component)) {
                throw breaksRequired();
            }
            return missing.defaultValue().isPresent()
                    ? Values.fresh(missing.shape(), missing.defaultValue().get())
                    : forms[component].absent();
        } catch (PathException e) {
            throw e.under(step(component));
        }
    }

    static PathException breaksRequired() {
        return new PathException("is absent, which breaks required of the schema");
    }

    private String step(int component) {
        return "." + components[component].javaName();
    }
}
