package dev.schemabus.serde;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.common.config.ConfigException;

/**
 * Internal: keys that begin as ours do and that nobody knows: most often one that is misspelt, and would be without effect.
 * Public only because the settings of a bus are checked by it, too.
 */
public final class UnknownKeys {

    private static final String OURS = "schemabus.";

    /** Those of other modules, which may be in the same file. */
    private static final List<String> OTHER_MODULES =
            List.of("schemabus.bootstrap.", "schemabus.bus.", "schemabus.topic.");

    private UnknownKeys() {}

    /**
     * Refuses them.
     *
     * @param known the names of the keys that there are
     * @throws ConfigException if there is one that isn't; the message says which one may be meant
     */
    static void refuse(Collection<String> keys, Collection<String> known) {
        for (String key : keys) {
            if (key.startsWith(OURS)
                    && !known.contains(key)
                    && OTHER_MODULES.stream().noneMatch(key::startsWith)) {
                throw new ConfigException(message(key, known));
            }
        }
    }

    /**
     * What to say about one.
     *
     * @param known the names of the keys that there are; the nearest may be meant, unless all are far off
     */
    public static String message(String key, Collection<String> known) {
        return "There is no setting " + key + ": "
                + nearest(key, known)
                        .map(name -> "did you mean " + name + "?")
                        .orElse("remove it. docs/configuration.md lists those that there are");
    }

    private static Optional<String> nearest(String key, Collection<String> known) {
        record Candidate(String name, int distance) {}
        Stream<Candidate> ours = known.stream()
                .filter(name -> name.startsWith(OURS))
                .map(name -> new Candidate(name, distance(key, name)));
        return ours.min(Comparator.comparingInt(Candidate::distance).thenComparing(Candidate::name))
                .filter(candidate -> candidate.distance <= key.length() / 3)
                .map(Candidate::name);
    }

    /** How many letters must be added, removed or replaced to make one of the other (Levenshtein). */
    private static int distance(String one, String other) {
        int[] row = new int[other.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int replaced = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[other.length()];
    }
}
