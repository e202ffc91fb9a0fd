package dev.schemabus.codec;

import com.fasterxml.jackson.core.io.SerializedString;
import dev.schemabus.schema.Component;
import dev.schemabus.schema.RecordShape;
import dev.schemabus.schema.Shape;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The names of a record's properties, encoded for writing, and found again in reading. */
final class JsonNames {

    /** The object ends. */
    static final int END = -1;

    /** No property of the record. */
    static final int UNKNOWN = -2;

    /** Set in what {@link #find} gives if the name is one of the component's earlier names. */
    static final int ALIAS = 1 << 16;

    private final SerializedString[] names;
    private final Map<String, Integer> byName = new HashMap<>();

    private final boolean branch;
    private final String record;

    /** Those that the schema allows; null if it allows all. */
    private final @Nullable Set<String> allowed;

    private final boolean refusingUnknown;

    /**
     * @param branch whether the record stands for a sealed type, so that its discriminator is no surprise
     * @param allowed the names that the schema allows; null if it allows all
     * @param refusingUnknown whether those that the record doesn't know are errors
     */
    JsonNames(RecordShape shape, boolean branch, @Nullable Set<String> allowed, boolean refusingUnknown) {
        this.branch = branch;
        this.record = shape.javaType().getSimpleName();
        this.allowed = allowed;
        this.refusingUnknown = refusingUnknown;
        List<Component> components = shape.components();
        names = components.stream()
                .map(component -> new SerializedString(component.name()))
                .toArray(SerializedString[]::new);
        for (int i = 0; i < names.length; i++) {
            names[i].asQuotedUTF8(); // encoded now, not at the first use by many threads
            byName.put(names[i].getValue(), i);
        }
        for (int i = 0; i < names.length; i++) {
            for (String alias : components.get(i).aliases()) {
                byName.putIfAbsent(alias, i | ALIAS);
            }
        }
    }

    boolean hasAliases() {
        return byName.size() > names.length;
    }

    SerializedString get(int component) {
        return names[component];
    }

    /** Moves on, and says whether there is the expected property. */
    boolean isNext(JsonTokens json, int expected) throws IOException {
        if (expected < names.length) {
            return json.nextFieldName(names[expected]);
        }
        json.nextToken();
        return false;
    }

    /**
     * The component with this name: its index, perhaps with {@link #ALIAS}, or {@link #UNKNOWN}.
     *
     * @param expected the component that it isn't; those that follow are the likeliest, since the absent are left out
     */
    int find(String name, int expected) {
        if (expected + 1 < names.length && names[expected + 1].getValue().equals(name)) {
            return expected + 1;
        }
        Integer found = byName.get(name);
        return found == null ? UNKNOWN : found;
    }

    /** Refuses a name that {@link #find} didn't find, if such names are refused. */
    void requireAllowed(String unknown) {
        if (branch && unknown.equals(Shape.OfUnion.DISCRIMINATOR)) {
            return;
        }
        if (refusingUnknown) {
            throw new PathException("is a property that " + record
                            + " doesn't have: add a component for it, or set json.fail.unknown.properties to false")
                    .under("." + unknown);
        }
        if (allowed != null && !allowed.contains(unknown)) {
            throw new PathException("is there, and breaks additionalProperties false of the schema")
                    .under("." + unknown);
        }
    }
}
