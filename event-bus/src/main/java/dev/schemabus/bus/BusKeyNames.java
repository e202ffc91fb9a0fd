package dev.schemabus.bus;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Internal: keys that begin as ours do and that nobody knows: most often one that is misspelt. */
final class BusKeyNames {

    private BusKeyNames() {}

    /** @throws BusConfigurationException if there is a key that isn't known; the message names the nearest that is */
    static void refuse(Collection<String> keys, Collection<String> known) {
        for (String key : keys) {
            if (!known.contains(key)) {
                throw new BusConfigurationException("There is no setting " + key + ": "
                        + nearest(key, known)
                                .map(name -> "did you mean " + name + "?")
                                .orElse("remove it. docs/configuration.md lists those that there are"));
            }
        }
    }

    private static Optional<String> nearest(String key, Collection<String> known) {
        return known.stream()
                .sorted()
                .min(Comparator.comparingInt(name -> differences(key, name)))
                .filter(name -> differences(key, name) <= key.length() / 4);
    }

    /** How many characters are in the one and not in the other, at the same place of their longest common sequence. */
    private static int differences(String one, String other) {
        List<Integer> a = one.chars().boxed().toList();
        List<Integer> b = other.chars().boxed().toList();
        int[][] common = new int[a.size() + 1][b.size() + 1];
        for (int i = a.size() - 1; i >= 0; i--) {
            for (int j = b.size() - 1; j >= 0; j--) {
                common[i][j] = a.get(i).equals(b.get(j))
                        ? common[i + 1][j + 1] + 1
                        : Math.max(common[i + 1][j], common[i][j + 1]);
            }
        }
        return a.size() + b.size() - 2 * common[0][0];
    }
}
