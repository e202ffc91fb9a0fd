package dev.schemabus.server;

import java.util.ArrayList;
import java.util.List;

/** Lists of a subject's versions, ascending, that are replaced and never changed. */
final class Versions {

    private Versions() {}

    /** With one more, or one in place of its predecessor of the same number. */
    static List<SubjectVersion> with(List<SubjectVersion> versions, SubjectVersion added) {
        List<SubjectVersion> changed = new ArrayList<>(versions.size() + 1);
        changed.addAll(versions);
        int index = changed.size();
        while (index > 0 && changed.get(index - 1).version() > added.version()) {
            index--;
        }
        if (index > 0 && changed.get(index - 1).version() == added.version()) {
            changed.set(index - 1, added);
        } else {
            changed.add(index, added);
        }
        return List.copyOf(changed);
    }

    static List<SubjectVersion> without(List<SubjectVersion> versions, int version) {
        return versions.stream().filter(v -> v.version() != version).toList();
    }
}
