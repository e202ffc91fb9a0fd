package dev.schemabus.codec;

import dev.schemabus.schema.Shape;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The names of properties that records don't know, by the depth of their objects, so that one which is there twice is
 * noticed. Most payloads have none.
 */
final class JsonUnknowns {

    /** What objects of sealed types have mostly. */
    private static final Set<String> TYPE = Set.of(Shape.OfUnion.DISCRIMINATOR);

    private static final @Nullable Set<String>[] NONE = sets(0);

    private @Nullable Set<String>[] byDepth = NONE;

    @SuppressWarnings({"unchecked", "rawtypes"}) // there are no arrays of generic types
    private static @Nullable Set<String>[] sets(int size) {
        return new Set[size];
    }

    /** An object starts. */
    void start(JsonTokens json) {
        if (byDepth.length > 0) {
            int depth = depth(json);
            if (depth < byDepth.length) {
                byDepth[depth] = null;
            }
        }
    }

    /** A property of the current object. */
    void add(String name, JsonTokens json) {
        int depth = depth(json);
        if (depth >= byDepth.length) {
            byDepth = Arrays.copyOf(byDepth, Math.max(8, 2 * depth));
        }
        Set<String> names = byDepth[depth];
        if (names == null && name.equals(Shape.OfUnion.DISCRIMINATOR)) {
            byDepth[depth] = TYPE;
            return;
        }
        if (names == null || names == TYPE) {
            names = names == null ? new HashSet<>() : new HashSet<>(TYPE);
            byDepth[depth] = names;
        }
        if (!names.add(name)) {
            throw JsonInput.duplicate(name);
        }
    }

    private static int depth(JsonTokens json) {
        return json.getParsingContext().getNestingDepth();
    }
}
