package dev.schemabus.schema;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Remembers which parts of two schemas have been compared, so that recursive schemas end and shared parts are compared
 * once.
 *
 * <p>A pair that is met again while it is being compared counts as compatible: only a difference found elsewhere can
 * refute it (coinduction). When it is refuted, whatever was accepted meanwhile may have rested on it and is forgotten;
 * refusals stay, since an assumption can only make a comparison more lenient.
 */
final class Comparisons {

    /** Deeper schemas are refused before they exhaust the stack of a thread of ordinary size. */
    private static final int MAX_DEPTH = 250;

    /** Comparisons of a schema with many combinations inside each other grow fast; no real schema comes near. */
    private static final int MAX_STEPS = 200_000;

    private final Map<Pair, List<Incompatibility>> results = new HashMap<>();
    private final List<Pair> order = new ArrayList<>();
    private int depth;
    private int steps;

    /** The result for this pair, by {@code compare} unless known. */
    List<Incompatibility> of(Pair pair, Supplier<List<Incompatibility>> compare) {
        List<Incompatibility> known = results.get(pair);
        if (known != null) {
            return known;
        }
        if (depth >= MAX_DEPTH) {
            throw new SchemaException("The schemas nest deeper than " + MAX_DEPTH
                    + " levels and can't be compared: make the structure flatter");
        }
        if (++steps > MAX_STEPS) {
            throw new SchemaException("The schemas take more than " + MAX_STEPS
                    + " steps to compare: use fewer oneOf, anyOf and allOf inside each other");
        }
        results.put(pair, List.of());
        order.add(pair);
        int mark = order.size();
        depth++;
        List<Incompatibility> found;
        try {
            found = List.copyOf(new LinkedHashSet<>(compare.get()));
        } finally {
            depth--;
        }
        if (!found.isEmpty()) {
            List<Pair> since = order.subList(mark, order.size());
            since.forEach(other -> results.remove(other, List.of()));
            since.clear();
            results.put(pair, found);
        }
        return found;
    }

    /** Runs a comparison that gives no result of its own, unless it has run for this pair. */
    void once(Pair pair, Runnable compare) {
        of(pair, () -> {
            compare.run();
            return List.of();
        });
    }

    /** A reading part and the parts of the writing schema it is compared with, by identity. */
    static final class Pair {

        private final Object reader;
        private final List<?> writers;
        private final Object circumstances;

        /** @param circumstances a constant that sets apart comparisons of the same parts */
        Pair(Object reader, List<?> writers, Object circumstances) {
            this.reader = reader;
            this.writers = writers;
            this.circumstances = circumstances;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Pair that
                    && reader == that.reader
                    && circumstances.equals(that.circumstances)
                    && sameElements(writers, that.writers);
        }

        private static boolean sameElements(List<?> some, List<?> others) {
            if (some.size() != others.size()) {
                return false;
            }
            for (int i = 0; i < some.size(); i++) {
                if (some.get(i) != others.get(i)) {
                    return false;
                }
            }
            return true;
        }

        @Override
        public int hashCode() {
            int hash = System.identityHashCode(reader);
            for (Object writer : writers) {
                hash = 31 * hash + System.identityHashCode(writer);
            }
            return hash;
        }
    }
}
