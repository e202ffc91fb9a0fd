package dev.schemabus.server;

import dev.schemabus.registry.SchemaRefusedException;
import java.util.Optional;
import java.util.Set;

/**
 * A subject's name, taken apart. In one text it is {@code :.context:subject}, or the subject alone in the default
 * context; without a subject it stands for the context itself.
 *
 * @param context begins with a dot; the default one is the dot alone
 * @param local the name in the context; empty for the context itself
 */
record QualifiedSubject(String context, String local) {

    static final String DEFAULT_CONTEXT = ".";

    /** The registry itself: what its settings are set for. */
    static final QualifiedSubject GLOBAL = new QualifiedSubject(DEFAULT_CONTEXT, "");

    /** What the reference keeps for itself. */
    private static final Set<String> RESERVED = Set.of("__GLOBAL", "__EMPTY");

    /** Takes a name apart that is known to be one, such as from a log. */
    static QualifiedSubject of(String name) {
        int end = name.startsWith(":.") ? name.indexOf(':', 1) : -1;
        return end < 0
                ? new QualifiedSubject(DEFAULT_CONTEXT, name)
                : new QualifiedSubject(name.substring(1, end), name.substring(end + 1));
    }

    /** A name as it is meant inside a context: it may be qualified itself. */
    static QualifiedSubject in(String context, String name) {
        return name.startsWith(":.") ? of(name) : new QualifiedSubject(context, name);
    }

    /** @throws SchemaRefusedException 42208 if there can be no such subject or context */
    QualifiedSubject checked() {
        String name = name();
        if (name.chars().anyMatch(Character::isISOControl)) {
            throw invalid("a name has no control characters");
        }
        if (local.startsWith(":.")) {
            throw invalid("a context ends with a colon, as in :.context:subject");
        }
        if ((local.isBlank() && !local.isEmpty()) || RESERVED.contains(local)) {
            throw invalid("choose another name");
        }
        return this;
    }

    /** @throws SchemaRefusedException 42208 also for a context without a subject */
    QualifiedSubject checkedSubject() {
        if (local.isBlank()) {
            throw invalid("a subject needs a name");
        }
        return checked();
    }

    private SchemaRefusedException invalid(String remedy) {
        return new SchemaRefusedException(
                42208, "'" + name().replaceAll("\\p{Cntrl}", "?") + "' is not a valid subject: " + remedy);
    }

    /**
     * The context that a path names.
     *
     * @param text with or without the dot, and the colons around it
     * @throws SchemaRefusedException 42208 if there can be no such context
     */
    static String context(String text) {
        String inner = text.length() > 1 && text.startsWith(":") && text.endsWith(":")
                ? text.substring(1, text.length() - 1)
                : text;
        String context = inner.startsWith(".") ? inner : "." + inner;
        if (text.isEmpty() || context.indexOf(':') >= 0 || context.chars().anyMatch(Character::isISOControl)) {
            throw new SchemaRefusedException(
                    42208,
                    "'" + text.replaceAll("\\p{Cntrl}", "?")
                            + "' is not a valid context: a name has no colons and no control characters");
        }
        return context;
    }

    /** Whether it stands for a whole context, or for the registry. */
    boolean isContext() {
        return local.isEmpty();
    }

    QualifiedSubject whole() {
        return new QualifiedSubject(context, "");
    }

    /** For settings: whose they are, empty for the registry's. */
    Optional<String> scope() {
        return equals(GLOBAL) ? Optional.empty() : Optional.of(name());
    }

    /** In one text; in the default context the name alone. */
    String name() {
        return context.equals(DEFAULT_CONTEXT) ? local : ":" + context + ":" + local;
    }

    /** For messages. */
    @Override
    public String toString() {
        if (!isContext()) {
            return "Subject '" + name() + "'";
        }
        return equals(GLOBAL) ? "The registry" : "Context '" + context + "'";
    }
}
