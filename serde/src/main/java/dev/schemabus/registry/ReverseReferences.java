package dev.schemabus.registry;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Follows references the other way: from a version to all that refer to it. */
final class ReverseReferences {

    private ReverseReferences() {}

    static List<SubjectVersion> of(RegistryAdmin registry, SubjectVersion version) {
        String context = version.subject().context();
        String named = context.equals(".") ? "" : context;
        Set<SubjectVersion> users = new TreeSet<>();
        Set<SchemaId> seen = new HashSet<>();
        Deque<SubjectVersion> open = new ArrayDeque<>(List.of(version));
        while (!open.isEmpty()) {
            for (SchemaId id : registry.referencedBy(open.remove())) {
                // The same schema may stand under several subjects, and each of these may be referred to.
                if (seen.add(id)) {
                    for (SubjectVersion user : registry.versions(id, named, DeletedVersions.EXCLUDED)) {
                        if (users.add(user)) {
                            open.add(user);
                        }
                    }
                }
            }
        }
        return List.copyOf(users);
    }
}
