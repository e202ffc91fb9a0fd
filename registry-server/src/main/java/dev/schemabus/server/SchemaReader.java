package dev.schemabus.server;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.schemabus.registry.SchemaRefusedException;
import dev.schemabus.schema.SchemaFormat;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Understands schemas: finds the dialect, and what a schema refers to. */
final class SchemaReader {

    /** In a request, the version of a reference that means the latest one. */
    private static final int LATEST = -1;

    /** A parsed schema takes about twenty times its text. */
    private static final int MAX_PARSED = 1_000;

    private final Registrations state;
    private final Map<String, SchemaDialect> dialects = new LinkedHashMap<>();
    private final Cache<Key, ParsedSchema> parsed =
            Caffeine.newBuilder().maximumSize(MAX_PARSED).build();

    /**
     * What a reference leads to depends on the context, and may change when versions go: nobody refers to them then, but
     * somebody may again. Each node sees that for itself, from what the log tells it.
     */
    private record Key(long losses, String context, StoredSchema schema) {}

    SchemaReader(Registrations state) {
        this.state = state;
        for (SchemaFormat format : SchemaFormat.values()) {
            add(new EventDialect(format));
        }
        add(new ProtobufDialect());
    }

    private void add(SchemaDialect dialect) {
        dialects.put(dialect.type(), dialect);
    }

    /** The languages served. */
    Collection<String> types() {
        return dialects.keySet();
    }

    /**
     * Checks a schema that was sent, and brings it into the form that is kept: its text as the language spells it, each
     * reference with the number of the version it leads to.
     *
     * @throws SchemaRefusedException 42201 if it is invalid, or a reference leads nowhere
     */
    StoredSchema accept(String context, StoredSchema sent, boolean normalize) {
        Stream<SchemaReference> references = sent.references().stream().map(reference -> numbered(context, reference));
        StoredSchema numbered = sent.withReferences(
                (normalize ? references.sorted(Comparator.comparing(SchemaReference::name)) : references).toList());
        ParsedSchema schema = dialect(sent).parse(numbered, references(context, numbered));
        return numbered.withText((normalize ? schema.normalized() : schema).canonical());
    }

    private SchemaReference numbered(String context, SchemaReference reference) {
        if (reference.version() != LATEST) {
            return reference;
        }
        String subject = QualifiedSubject.in(context, reference.subject()).name();
        int latest = state.versions(subject).stream()
                .filter(SubjectVersion.Shown.LIVE)
                .mapToInt(SubjectVersion::version)
                .max()
                .orElseThrow(() -> missing(reference, subject));
        return new SchemaReference(reference.name(), reference.subject(), latest);
    }

    /**
     * A schema that is registered, or was accepted.
     *
     * @throws SchemaRefusedException 42201 if this version can't read it
     */
    ParsedSchema read(String context, StoredSchema schema) {
        Key key = new Key(state.losses(), context, schema);
        ParsedSchema known = parsed.getIfPresent(key);
        if (known == null) {
            known = dialect(schema).read(schema, references(context, schema));
            parsed.put(key, known);
        }
        return known;
    }

    private SchemaDialect dialect(StoredSchema schema) {
        SchemaDialect dialect = dialects.get(schema.type());
        if (dialect == null) {
            throw new SchemaRefusedException(
                    42201, "Unknown schema type '" + schema.type() + "': use one of " + String.join(", ", types()));
        }
        return dialect;
    }

    /**
     * By name, what a schema refers to, directly or not: each after what it needs itself.
     *
     * @throws SchemaRefusedException 42201 if a reference leads nowhere or back, or a name has two meanings
     */
    Map<String, StoredSchema> references(String context, StoredSchema schema) {
        if (schema.references().isEmpty()) {
            return Map.of();
        }
        Map<String, StoredSchema> resolved = new LinkedHashMap<>();
        resolve(context, schema, resolved, new ArrayDeque<>());
        return resolved;
    }

    private void resolve(String context, StoredSchema schema, Map<String, StoredSchema> resolved, Deque<String> way) {
        for (SchemaReference reference : schema.references()) {
            QualifiedSubject subject = QualifiedSubject.in(context, reference.subject());
            SubjectVersion target = find(reference, subject.name());
            StoredSchema before = resolved.get(reference.name());
            if (before != null && !before.equals(target.schema())) {
                throw new SchemaRefusedException(
                        42201,
                        "References give '" + reference.name()
                                + "' two meanings: let all refer to the same version of the same subject");
            }
            if (before == null) {
                String step = subject.name() + " version " + target.version();
                if (way.contains(step)) {
                    throw new SchemaRefusedException(
                            42201, "References form a cycle: " + String.join(" -> ", way) + " -> " + step);
                }
                way.addLast(step);
                if (way.size() > SchemaLimits.MAX_REFERENCE_DEPTH) {
                    throw new SchemaRefusedException(
                            42201,
                            "References go deeper than " + SchemaLimits.MAX_REFERENCE_DEPTH + ": "
                                    + String.join(" -> ", way));
                }
                resolve(subject.context(), target.schema(), resolved, way);
                way.removeLast();
                resolved.put(reference.name(), target.schema());
            }
            if (resolved.size() > SchemaLimits.MAX_REFERENCES) {
                throw new SchemaRefusedException(
                        42201, "The schema needs more than " + SchemaLimits.MAX_REFERENCES + " others");
            }
        }
    }

    /** Versions that are deleted softly still serve those who refer to them. */
    private SubjectVersion find(SchemaReference reference, String subject) {
        List<SubjectVersion> versions = state.versions(subject);
        Optional<SubjectVersion> found = reference.version() == LATEST
                ? versions.stream().reduce((first, second) -> second)
                : versions.stream()
                        .filter(version -> version.version() == reference.version())
                        .findFirst();
        return found.orElseThrow(() -> missing(reference, subject));
    }

    private static SchemaRefusedException missing(SchemaReference reference, String subject) {
        return new SchemaRefusedException(
                42201,
                "Invalid schema: its reference '" + reference.name() + "' leads to subject '" + subject + "', "
                        + (reference.version() == LATEST ? "latest version" : "version " + reference.version())
                        + ", which isn't there: register it first");
    }
}
