package dev.schemabus.registry;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The name under which a registry keeps the versions of one schema, such as {@code orders-value}.
 *
 * <p>A context is part of the name, in the protocol's own form: {@code :.context:subject}. Which names may be used is the
 * registry's decision: most refuse control characters (code 42208), and one that took them is listed and cleaned up as any
 * other.
 *
 * @param name not blank
 */
public record Subject(String name) implements Comparable<Subject> {

    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]");

    /** @throws IllegalArgumentException if the name is blank */
    public Subject {
        if (name.isBlank()) {
            throw new IllegalArgumentException("A subject needs a name, such as orders-value");
        }
    }

    /**
     * A subject in a context. Ids are given per context.
     *
     * @param context its name, with or without the dot in front; {@code .} is the default context
     * @param name the subject's name there
     * @throws IllegalArgumentException if the context's name holds a colon, or the subject has a context already
     */
    public static Subject in(String context, String name) {
        String plain = context.startsWith(".") ? context.substring(1) : context;
        if (plain.contains(":") || name.startsWith(":.")) {
            throw new IllegalArgumentException("A subject is in one context, and its name holds no colon: not '" + name
                    + "' in '" + context + "'");
        }
        return new Subject(plain.isEmpty() ? name : ":." + plain + ":" + name);
    }

    /** The context it is in, with the dot in front; {@code .} for the default context. */
    public String context() {
        int end = contextEnd();
        return end < 0 ? "." : name.substring(1, end);
    }

    /** Its name within its context. */
    public String nameInContext() {
        return name.substring(contextEnd() + 1);
    }

    /** Where the colon after the context is; -1 without a context. */
    private int contextEnd() {
        return name.startsWith(":.") ? name.indexOf(':', 1) : -1;
    }

    @Override
    public int compareTo(Subject other) {
        return name.compareTo(other.name);
    }

    /** Its name, control characters and what breaks or turns lines as {@code \\u0007}: what is printed stays on its line. */
    @Override
    public String toString() {
        return UNPRINTABLE
                .matcher(name)
                .replaceAll(found ->
                        String.format(Locale.ROOT, "\\\\u%04x", found.group().codePointAt(0)));
    }
}
