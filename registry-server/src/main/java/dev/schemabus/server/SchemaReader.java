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

    /** What may be kept parsed, in bytes as {@link #bytes} estimates them. */
    private static final long MAX_PARSED_BYTES = 32L << 20;

    /** A parsed schema takes up to twenty times its text, and something even if it has none. */
    private static final int BYTES_PER_CHARACTER = 20;

    private static final int LEAST_BYTES = 1_024;

    private final Registrations state;
    private final Map<String, SchemaDialect> dialects = new LinkedHashMap<>();
    private final Cache<Key, Parsed> parsed = Caffeine.newBuilder()
            .maximumWeight(MAX_PARSED_BYTES)
            .weigher((Key key, Parsed schema) -> schema.bytes())
            .executor(Runnable::run) // so that the limit holds at once
            .build();

    private record Parsed(ParsedSchema schema, int bytes) {}

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
     * @param imported whether it comes from another registry, whose rules let it pass
     * @throws SchemaRefusedException 42201 if it is invalid, or a reference leads nowhere
     */
    StoredSchema accept(String context, StoredSchema sent, boolean normalize, boolean imported) {
        Stream<SchemaReference> references = sent.references().stream().map(reference -> numbered(context, reference));
        StoredSchema numbered = sent.withReferences(
                (normalize ? references.sorted(Comparator.comparing(SchemaReference::name)) : references).toList());
        Map<String, StoredSchema> known = references(context, numbered);
        ParsedSchema schema;
        if (imported) {
            SchemaLimits.check(sent.text());
            schema = dialect(sent).read(numbered, known);
        } else {
            schema = dialect(sent).parse(numbered, known);
        }
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
     * A schema that is registered. It stays at hand for a while.
     *
     * @throws SchemaRefusedException 42201 if this version can't read it
     */
    ParsedSchema read(String context, StoredSchema schema) {
        Key key = new Key(state.losses(), context, schema);
        Parsed known = parsed.getIfPresent(key);
        if (known == null) {
            Map<String, StoredSchema> references = references(context, schema);
            known = new Parsed(dialect(schema).read(schema, references), bytes(schema, references.values()));
            parsed.put(key, known);
        }
        return known.schema();
    }

    /**
     * A schema that was accepted, and isn't registered. Nothing of it is kept: who may ask may send as many as they like.
     *
     * @throws SchemaRefusedException 42201 if this version can't read it
     */
    ParsedSchema readOnce(String context, StoredSchema schema) {
        Parsed known = parsed.getIfPresent(new Key(state.losses(), context, schema));
        return known == null ? dialect(schema).read(schema, references(context, schema)) : known.schema();
    }

    /** The text of a registered schema as it is kept when all it refers to is in it; empty if that can't be. */
    Optional<String> writtenOut(String context, StoredSchema schema) {
        try {
            StoredSchema whole =
                    new StoredSchema(schema.type(), read(context, schema).resolved());
            return Optional.of(dialect(whole).read(whole, Map.of()).canonical());
        } catch (SchemaRefusedException e) {
            return Optional.empty();
        }
    }

    private static int bytes(StoredSchema schema, Collection<StoredSchema> references) {
        long characters = schema.text().length();
        for (StoredSchema reference : references) {
            characters += reference.text().length();
        }
        return (int) Math.min(Integer.MAX_VALUE, LEAST_BYTES + BYTES_PER_CHARACTER * characters);
    }

    /** About how much memory is taken by parsed schemas, in bytes. */
    long parsedBytes() {
        return parsed.policy().eviction().orElseThrow().weightedSize().orElse(0);
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
