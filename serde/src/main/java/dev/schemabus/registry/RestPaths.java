package dev.schemabus.registry;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Paths and queries of the registry's REST API, percent-encoded. */
final class RestPaths {

    private RestPaths() {}

    static String subject(Subject subject) {
        return "/subjects/" + segment(subject);
    }

    static String version(SubjectVersion version) {
        return subject(version.subject()) + "/versions/" + number(version);
    }

    static String number(SubjectVersion version) {
        return version.version() == SubjectVersion.LATEST ? "latest" : Integer.toString(version.version());
    }

    /** The subject as one path segment. */
    static String segment(Subject subject) {
        String encoded = encode(subject.name());
        // As a whole segment, '.' and '..' would be taken for steps through the path.
        return encoded.equals(".") || encoded.equals("..") ? encoded.replace(".", "%2E") : encoded;
    }

    /** A path with the parameters that say something: name, value, name, value … */
    static String with(String path, String... namesAndValues) {
        StringBuilder whole = new StringBuilder(path);
        for (int i = 0; i < namesAndValues.length; i += 2) {
            if (!namesAndValues[i + 1].isEmpty()) {
                whole.append(whole.indexOf("?") < 0 ? '?' : '&')
                        .append(namesAndValues[i])
                        .append('=')
                        .append(encode(namesAndValues[i + 1]));
            }
        }
        return whole.toString();
    }

    /** The value of a parameter that is false unless it says otherwise. */
    static String flag(boolean set) {
        return set ? "true" : "";
    }

    /** A path whose answer may count soft-deleted versions. */
    static String with(String path, DeletedVersions deleted) {
        return switch (deleted) {
            case EXCLUDED -> path;
            case INCLUDED -> with(path, "deleted", "true");
            case ONLY -> with(path, "deletedOnly", "true");
        };
    }

    /** As {@link #with(String, DeletedVersions)}, where no answer can hold deleted versions alone. */
    static String withAny(String path, DeletedVersions deleted) {
        if (deleted == DeletedVersions.ONLY) {
            throw new IllegalArgumentException("Deleted versions alone can't be asked for here: use INCLUDED");
        }
        return with(path, deleted);
    }

    /** Where an id is looked for, as a subject without a name of its own; empty for the context of the URL. */
    static String inContext(String context) {
        if (context.isEmpty()) {
            return "";
        }
        String plain = context.startsWith(".") ? context.substring(1) : context;
        if (plain.contains(":")) {
            throw new IllegalArgumentException("The name of a context holds no colon: not '" + context + "'");
        }
        return ":." + plain + ":";
    }

    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
