package dev.schemabus.server;

import dev.schemabus.registry.SchemaGuid;
import dev.schemabus.registry.SchemaId;
import dev.schemabus.registry.SchemaNotFoundException;
import dev.schemabus.registry.SchemaRefusedException;
import dev.schemabus.server.SubjectVersion.Shown;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * One request, taken apart: what the path captured, the query, the body. Reading a part that makes no sense throws the
 * answer's {@link dev.schemabus.registry.RegistryException}.
 */
final class Call {

    /** Schemas in one answer, as with the reference: more are for {@code offset}. */
    static final int MOST_SCHEMAS = 1_000;

    /** Names or numbers in one answer. */
    static final int MOST_NAMES = 20_000;

    private static final String LATEST = "latest";

    private final String context;
    private final List<String> captured;
    private final Map<String, List<String>> query;
    private final String body;

    /**
     * @param context the context that the path begins with; the default one if it begins with none
     * @param captured the decoded path segments that stand where the route's pattern has a gap, in order
     */
    Call(String context, List<String> captured, Map<String, List<String>> query, String body) {
        this.context = context;
        this.captured = captured;
        this.query = query;
        this.body = body;
    }

    /** The subject, which every route that has one captures first. */
    QualifiedSubject subject() {
        return QualifiedSubject.in(context, captured.get(0)).checkedSubject();
    }

    /** Whose settings are meant: those of the subject or context captured, or else of the one the path begins with. */
    QualifiedSubject scope() {
        return captured.isEmpty()
                ? new QualifiedSubject(context, "")
                : QualifiedSubject.in(context, captured.get(0)).checked();
    }

    /** Where an id means something: as the query's subject says, or else the context that the path begins with. */
    QualifiedSubject idScope() {
        return QualifiedSubject.in(context, text("subject", "")).checked();
    }

    /** The beginning of the qualified names that are asked for. */
    String subjectPrefix() {
        String prefix = text("subjectPrefix", "");
        return prefix.startsWith(":") ? prefix : new QualifiedSubject(context, prefix).name();
    }

    /** The version, captured second: a number from 1, or empty for {@code latest} and {@code -1}. */
    OptionalInt version() {
        String text = captured.get(1);
        if (text.equals(LATEST) || text.equals("-1")) {
            return OptionalInt.empty();
        }
        try {
            int version = Integer.parseInt(text);
            if (version >= 1) {
                return OptionalInt.of(version);
            }
        } catch (NumberFormatException e) {
            // The refusal below says it.
        }
        throw new SchemaRefusedException(
                42202, "'" + text + "' is not a version: use a number from 1 to 2147483647, or " + LATEST);
    }

    /** The schema id, captured first. */
    int id() {
        try {
            return new SchemaId(Integer.parseInt(captured.get(0))).value();
        } catch (IllegalArgumentException e) {
            throw new SchemaNotFoundException(
                    40403, "Schema '" + captured.get(0) + "' not found: an id is a number from 0 to 2147483647", e);
        }
    }

    /** The schema GUID, captured first. */
    SchemaGuid guid() {
        try {
            return SchemaGuid.parse(captured.get(0));
        } catch (IllegalArgumentException e) {
            throw new SchemaNotFoundException(40403, "Schema not found: " + e.getMessage(), e);
        }
    }

    /** A query parameter that is true or, by default, false. */
    boolean flag(String name) {
        return Boolean.parseBoolean(text(name, "false"));
    }

    String text(String name, String otherwise) {
        List<String> values = query.get(name);
        return values == null ? otherwise : values.get(0);
    }

    /** Which versions are asked for. */
    Shown shown() {
        return flag("deletedOnly") ? Shown.DELETED : flag("deleted") ? Shown.ALL : Shown.LIVE;
    }

    /** The part of a list of names or numbers that {@code offset} and {@code limit} ask for. */
    <T> List<T> page(Stream<T> all) {
        return page(all, MOST_NAMES);
    }

    /**
     * The part of a list that {@code offset} and {@code limit} ask for.
     *
     * @param most the items of one answer, also if more are asked for, or no limit is set (0 or less)
     */
    <T> List<T> page(Stream<T> all, int most) {
        int limit = number("limit", 0);
        return all.skip(Math.max(0, number("offset", 0)))
                .limit(limit <= 0 ? most : Math.min(limit, most))
                .toList();
    }

    private int number(String name, int otherwise) {
        String text = text(name, "");
        if (text.isEmpty()) {
            return otherwise;
        }
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new SchemaRefusedException(422, "Query parameter " + name + "=" + text + " is not a whole number", e);
        }
    }

    /** Metadata properties, as {@code key} and {@code value} name them in turn. */
    Map<String, String> properties() {
        List<String> keys = query.getOrDefault("key", List.of());
        List<String> values = query.getOrDefault("value", List.of());
        if (keys.isEmpty() || keys.size() != values.size()) {
            throw new SchemaRefusedException(
                    422, "Say which metadata is meant: as many of key=… as of value=…, and one at least");
        }
        Map<String, String> properties = new LinkedHashMap<>();
        for (int i = 0; i < keys.size(); i++) {
            properties.put(keys.get(i), values.get(i));
        }
        return properties;
    }

    RequestBody body() {
        return RequestBody.parse(body);
    }
}
