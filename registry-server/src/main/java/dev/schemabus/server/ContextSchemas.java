package dev.schemabus.server;

import dev.schemabus.registry.SchemaGuid;
import java.util.Comparator;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;

/** The schemas of one context by id and by content. One thread changes it, any number read. */
final class ContextSchemas {

    /** Behind every subject's name. */
    private static final String LAST = String.valueOf(Character.MAX_VALUE);

    /**
     * What an id stands for.
     *
     * @param guid what tells it from all others
     * @param shared what the reference's GUID is for it
     */
    private record Content(StoredSchema schema, SchemaGuid guid, SchemaGuid shared) {}

    /** That a version holds the schema with an id. */
    record Use(int id, String subject, int version) implements Comparable<Use> {

        private static final Comparator<Use> ORDER =
                Comparator.comparingInt(Use::id).thenComparing(Use::subject).thenComparingInt(Use::version);

        @Override
        public int compareTo(Use other) {
            return ORDER.compare(this, other);
        }
    }

    private final Map<Integer, Content> contents = new ConcurrentHashMap<>();
    private final Map<SchemaGuid, Integer> ids = new ConcurrentHashMap<>();

    /** The reference's GUIDs, with all ids that have one. */
    private final Map<SchemaGuid, NavigableSet<Integer>> sharedIds = new ConcurrentHashMap<>();

    private final NavigableSet<Use> uses = new ConcurrentSkipListSet<>();
    private volatile int highestId;

    /**
     * Takes a version's schema in. The version that comes back shares it with all others that hold it.
     *
     * @return empty if the id stands for another schema, which others hold: data may have been written with that one
     */
    Optional<SubjectVersion> add(Change.SchemaStored stored) {
        Use use = new Use(stored.id(), stored.subject(), stored.version());
        SchemaGuid guid = Guids.of(stored.schema());
        Content content = contents.get(stored.id());
        if (content != null && !content.guid().equals(guid)) {
            if (uses(stored.id()).equals(Set.of(use))) {
                forget(stored.id(), content);
                content = null;
            } else if (!isSame(content.schema(), stored.schema())) {
                return Optional.empty();
            }
        }
        if (content == null) {
            content = new Content(stored.schema(), guid, Guids.shared(stored.schema()));
            contents.put(stored.id(), content);
            ids.putIfAbsent(guid, stored.id());
            sharedIds
                    .computeIfAbsent(content.shared(), shared -> new ConcurrentSkipListSet<>())
                    .add(stored.id());
            used(stored.id());
        }
        uses.add(use);
        // Others of this id may have been given metadata or rules before this one, or after.
        StoredSchema shared = content.guid().equals(guid) ? content.schema() : stored.schema();
        return Optional.of(
                new SubjectVersion(stored.subject(), stored.version(), stored.id(), shared, stored.deleted()));
    }

    /** Whether two read and write the same data. */
    private static boolean isSame(StoredSchema one, StoredSchema other) {
        return one.type().equals(other.type())
                && one.text().equals(other.text())
                && one.references().equals(other.references());
    }

    /** Takes note that ids up to this one were given out. */
    void used(int id) {
        highestId = Math.max(highestId, id);
    }

    /** Takes back that a version holds a schema. What nobody holds any more is gone; its id stays used up. */
    void release(SubjectVersion version) {
        uses.remove(new Use(version.id(), version.subject(), version.version()));
        if (uses(version.id()).isEmpty()) {
            Content gone = contents.remove(version.id());
            if (gone != null) {
                forget(version.id(), gone);
            }
        }
    }

    private void forget(int id, Content content) {
        ids.remove(content.guid(), id);
        sharedIds.computeIfPresent(content.shared(), (shared, all) -> {
            all.remove(id);
            return all.isEmpty() ? null : all;
        });
    }

    Optional<StoredSchema> schema(int id) {
        return Optional.ofNullable(contents.get(id)).map(Content::schema);
    }

    /** The id that a GUID leads to: one that tells schemas apart, or the reference's, which leads to the lowest. */
    Optional<Integer> id(SchemaGuid guid) {
        return Optional.ofNullable(ids.get(guid))
                .or(() -> Optional.ofNullable(sharedIds.get(guid)).map(all -> all.ceiling(0)));
    }

    /** What tells the schema of an id from all others. */
    Optional<SchemaGuid> identity(int id) {
        return Optional.ofNullable(contents.get(id)).map(Content::guid);
    }

    /**
     * The GUID under which the schema of an id is known: the reference's, unless that leads to another schema here, such as
     * one of another type with the same text.
     */
    Optional<SchemaGuid> guid(int id) {
        return Optional.ofNullable(contents.get(id))
                .map(content ->
                        id(content.shared()).filter(first -> first == id).isPresent()
                                ? content.shared()
                                : content.guid());
    }

    /** The versions that hold the schema with an id, deleted ones too; by subject, then version. */
    NavigableSet<Use> uses(int id) {
        return uses.subSet(new Use(id, "", 0), true, new Use(id, LAST, 0), false);
    }

    /** The highest id there ever was; 0 before the first. */
    int highestId() {
        return highestId;
    }

    /** How many ids there are. */
    int size() {
        return contents.size();
    }

    /** The id that a content has already, under whatever subject, or else the next free one. */
    int idFor(SchemaGuid guid) {
        Integer known = ids.get(guid);
        return known == null ? Math.addExact(highestId, 1) : known;
    }
}
