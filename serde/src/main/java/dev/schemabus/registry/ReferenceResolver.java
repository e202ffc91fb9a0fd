package dev.schemabus.registry;

import com.github.benmanes.caffeine.cache.Cache;
import dev.schemabus.schema.EventSchema;
import dev.schemabus.schema.SchemaException;
import dev.schemabus.schema.SchemaFormat;
import dev.schemabus.schema.SchemaReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Puts registered schemas together with all that they refer to. Each version is fetched once, however many others refer to
 * it, and stays at hand for the next schema: a version that is referred to can't change.
 */
final class ReferenceResolver {

    /** How many references may follow upon each other. */
    static final int MAX_DEPTH = 16;

    /** How many versions one schema may refer to, directly or not. */
    static final int MAX_REFERENCES = 256;

    /** Nothing here changes unless all that refer to it are deleted for good, which other processes may do. */
    private static final Duration KEPT = Duration.ofMinutes(10);

    private static final Bounds BOUNDS = new Bounds(1_000, 32 << 20);

    private final Function<SubjectVersion, SchemaContent> fetch;
    private final Cache<SubjectVersion, SchemaContent> fetched = BOUNDS.<SubjectVersion, SchemaContent>cache(
                    (version, content) -> Weights.of(content))
            .expireAfterWrite(KEPT)
            .build();

    /** @param fetch asks the registry for a version */
    ReferenceResolver(Function<SubjectVersion, SchemaContent> fetch) {
        this.fetch = fetch;
    }

    /**
     * The schema with all that it refers to.
     *
     * @param context of the subjects that name none; empty if the registry's URL says it
     * @throws SchemaException if it can't be read, or refers to too much or back to itself
     * @throws IllegalArgumentException if its type isn't one that is understood
     */
    EventSchema resolved(SchemaContent content, String context) {
        return new Walk(context).schema(content);
    }

    /** About how many bytes are kept. */
    long bytes() {
        fetched.cleanUp();
        return Bounds.bytes(fetched);
    }

    void forget() {
        fetched.invalidateAll();
    }

    /** Follows the references of one schema. */
    private final class Walk {

        private final String context;
        private final Map<SubjectVersion, EventSchema> known = new HashMap<>();
        private final Set<SubjectVersion> path = new LinkedHashSet<>();

        Walk(String context) {
            this.context = context;
        }

        EventSchema schema(SchemaContent content) {
            SchemaFormat format = SchemaFormat.parse(content.type());
            List<SchemaReference> references = new ArrayList<>();
            for (SubjectReference reference : content.references()) {
                references.add(new SchemaReference(reference.name(), target(qualified(reference.target()))));
            }
            return EventSchema.registered(format, content.text(), references);
        }

        private SubjectVersion qualified(SubjectVersion target) {
            boolean named = context.isEmpty() || target.subject().name().startsWith(":.");
            return named
                    ? target
                    : new SubjectVersion(Subject.in(context, target.subject().name()), target.version());
        }

        private EventSchema target(SubjectVersion target) {
            EventSchema seen = known.get(target);
            if (seen != null) {
                return seen;
            }
            if (path.contains(target)) {
                throw new SchemaException("References form a cycle: " + way(path, target)
                        + ". Registries refuse to make one: this one's data were changed by other means");
            }
            if (path.size() == MAX_DEPTH) {
                throw new SchemaException("More than " + MAX_DEPTH + " references follow upon each other: "
                        + way(path, target) + ". Register a schema that has the inner ones written out");
            }
            if (known.size() + path.size() == MAX_REFERENCES) {
                throw new SchemaException("It refers to more than " + MAX_REFERENCES + " versions, " + target
                        + " among them: register a schema that has some of them written out");
            }
            path.add(target);
            EventSchema schema = schema(content(target));
            path.remove(target);
            known.put(target, schema);
            return schema;
        }

        private SchemaContent content(SubjectVersion target) {
            SchemaContent known = fetched.getIfPresent(target);
            if (known != null) {
                return known;
            }
            SchemaContent content = fetch.apply(target);
            if (target.version() != SubjectVersion.LATEST) {
                fetched.put(target, content);
            }
            return content;
        }
    }

    private static String way(Collection<SubjectVersion> path, SubjectVersion end) {
        return path.stream().map(SubjectVersion::toString).collect(Collectors.joining(" -> ")) + " -> " + end;
    }
}
