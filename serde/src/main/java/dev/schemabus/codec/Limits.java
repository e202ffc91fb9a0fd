package dev.schemabus.codec;

/**
 * How much one payload may ask for, whoever wrote it. Both directions keep them, so that nothing is written which can't be
 * read back.
 *
 * @param depth how many records, lists, sets, arrays and maps may stand within each other, the outermost included; at
 *     least 1
 * @param stringBytes the most bytes of one text in UTF-8, or of one byte string; at least 0
 * @param valueBytes the most bytes of one payload; at least 0
 * @param items the most elements of one list, set, array or map; at least 0
 * @param nodes the most elements of all lists, sets, arrays and maps of a payload together; at least 0
 */
public record Limits(int depth, int stringBytes, int valueBytes, int items, int nodes) {

    private static final int MEBI = 1 << 20;

    private static final Limits STANDARD = new Limits(64, 8 * MEBI, 16 * MEBI, 1_000_000, 5_000_000);

    /**
     * How many elements that take no byte at all (records without components) a payload may have. Without a limit of their own, five
     * bytes could ask for a million objects.
     */
    static final int EMPTY_ITEMS = 65_536;

    /** @throws IllegalArgumentException if a number is out of its range */
    public Limits {
        if (depth < 1) {
            throw new IllegalArgumentException("The limit of depth is at least 1, not " + depth);
        }
        requireNotNegative("string bytes", stringBytes);
        requireNotNegative("value bytes", valueBytes);
        requireNotNegative("items", items);
        requireNotNegative("nodes", nodes);
    }

    /** Depth 64, texts of 8 MiB, payloads of 16 MiB, a million elements, five million in all. */
    public static Limits standard() {
        return STANDARD;
    }

    /** A copy with another depth. */
    public Limits withDepth(int other) {
        return new Limits(other, stringBytes, valueBytes, items, nodes);
    }

    /** A copy with another length of texts. */
    public Limits withStringBytes(int other) {
        return new Limits(depth, other, valueBytes, items, nodes);
    }

    /** A copy with another length of payloads. */
    public Limits withValueBytes(int other) {
        return new Limits(depth, stringBytes, other, items, nodes);
    }

    /** A copy with another number of elements. */
    public Limits withItems(int other) {
        return new Limits(depth, stringBytes, valueBytes, other, nodes);
    }

    /** A copy with another number of elements in all. */
    public Limits withNodes(int other) {
        return new Limits(depth, stringBytes, valueBytes, items, other);
    }

    /** What is wrong with a value of too many levels. */
    String tooDeep() {
        return "records, lists and maps are nested deeper than " + depth
                + " levels, the limit (schemabus.limits.depth)";
    }

    private static void requireNotNegative(String name, int limit) {
        if (limit < 0) {
            throw new IllegalArgumentException("The limit of " + name + " is at least 0, not " + limit);
        }
    }
}
