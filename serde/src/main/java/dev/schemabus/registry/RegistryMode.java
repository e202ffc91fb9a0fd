package dev.schemabus.registry;

import java.util.Arrays;
import java.util.Locale;

/** What a registry, or one subject of it, accepts. The names are the protocol's. */
public enum RegistryMode {
    READWRITE,
    READONLY,
    READONLY_OVERRIDE,
    IMPORT,
    FORWARD;

    /**
     * Reads a mode, ignoring case.
     *
     * @throws IllegalArgumentException if the text names none; the message lists the choices
     */
    public static RegistryMode parse(String text) {
        String wanted = text.trim().toUpperCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(mode -> mode.name().equals(wanted))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "Unknown mode '" + text + "': use one of " + Arrays.asList(values())));
    }
}
