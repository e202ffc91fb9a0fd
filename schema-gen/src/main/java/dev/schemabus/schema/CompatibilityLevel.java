package dev.schemabus.schema;

import java.util.Arrays;
import java.util.Locale;

/**
 * What a new version of a schema owes to the versions before it. The names are the registry's.
 *
 * <p>BACKWARD: the new schema reads data of the old one (consumers upgrade first). FORWARD: the old schema reads data
 * of the new one (producers upgrade first). FULL: both. The transitive forms compare with every earlier version, the
 * plain forms with the last one only.
 */
public enum CompatibilityLevel {
    NONE(false, false, false),
    BACKWARD(true, false, false),
    BACKWARD_TRANSITIVE(true, false, true),
    FORWARD(false, true, false),
    FORWARD_TRANSITIVE(false, true, true),
    FULL(true, true, false),
    FULL_TRANSITIVE(true, true, true);

    private final boolean backward;
    private final boolean forward;
    private final boolean transitive;

    CompatibilityLevel(boolean backward, boolean forward, boolean transitive) {
        this.backward = backward;
        this.forward = forward;
        this.transitive = transitive;
    }

    /** Whether the new schema must read data written with an old one. */
    public boolean backward() {
        return backward;
    }

    /** Whether an old schema must read data written with the new one. */
    public boolean forward() {
        return forward;
    }

    /** Whether every earlier version counts, not only the last. */
    public boolean transitive() {
        return transitive;
    }

    /**
     * Reads a level, ignoring case.
     *
     * @throws IllegalArgumentException if the text names none; the message lists the choices
     */
    public static CompatibilityLevel parse(String text) {
        String wanted = text.trim().toUpperCase(Locale.ROOT);
        for (CompatibilityLevel level : values()) {
            if (level.name().equals(wanted)) {
                return level;
            }
        }
        throw new IllegalArgumentException("Unknown compatibility level '" + text + "': use one of "
                + Arrays.toString(values()).replaceAll("[\\[\\]]", ""));
    }
}
