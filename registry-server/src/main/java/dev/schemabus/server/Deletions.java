package dev.schemabus.server;

import dev.schemabus.registry.RegistryMode;
import dev.schemabus.registry.SchemaNotFoundException;
import dev.schemabus.registry.SchemaRefusedException;
import dev.schemabus.server.Referrals.Referral;
import dev.schemabus.server.SubjectVersion.Shown;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * How versions go: first softly, which hides them and can be undone by registering again, then for good. What others
 * refer to stays.
 */
final class Deletions {

    private final Registrations state;
    private final Settings settings;
    private final Writes writes;

    Deletions(Registrations state, Settings settings, Writes writes) {
        this.state = state;
        this.settings = settings;
        this.writes = writes;
    }

    /**
     * Deletes all versions of a subject.
     *
     * @param permanent whether for good; they must be deleted softly before
     * @return their numbers
     * @throws SchemaNotFoundException 40401 without such a subject, 40404 if it is deleted already, 40405 if it isn't
     *     deleted softly first
     * @throws SchemaRefusedException 42205 in a read-only mode, 42206 if others refer to it
     */
    List<Integer> delete(QualifiedSubject subject, boolean permanent) {
        return writes.decide(() -> {
            List<SubjectVersion> all = state.versions(subject.name());
            if (all.isEmpty()) {
                throw noSubject(subject);
            }
            List<SubjectVersion> chosen = permanent ? all : shown(all, Shown.LIVE);
            if (chosen.isEmpty()) {
                throw new SchemaNotFoundException(
                        40404, subject + " was soft deleted. Set permanent=true to delete permanently");
            }
            checkMayDelete(subject, chosen);
            if (permanent && all.stream().anyMatch(Shown.LIVE)) {
                throw new SchemaNotFoundException(
                        40405, subject + " was not deleted first before being permanently deleted");
            }
            if (permanent) {
                removeForGood(subject, all, chosen);
            } else {
                // The highest of all, not of those shown: it takes the place of an earlier one that may have said more.
                writes.append(new Change.SubjectDeleted(
                        subject.name(), all.get(all.size() - 1).version()));
            }
            return chosen.stream().map(SubjectVersion::version).toList();
        });
    }

    /**
     * Deletes one version.
     *
     * @param version empty for the latest
     * @param permanent whether for good; it must be deleted softly before
     * @return its number
     * @throws SchemaNotFoundException 40401 without such a subject, 40402 without such a version, 40406 if it is deleted
     *     already, 40407 if it isn't deleted softly first
     * @throws SchemaRefusedException 42205 in a read-only mode, 42206 if others refer to it
     */
    int delete(QualifiedSubject subject, OptionalInt version, boolean permanent) {
        return writes.decide(() -> {
            List<SubjectVersion> all = state.versions(subject.name());
            if (all.isEmpty()
                    || (version.isEmpty() && !permanent && all.stream().noneMatch(Shown.LIVE))) {
                throw noSubject(subject);
            }
            SubjectVersion chosen = Lookups.newest(
                            all,
                            version.isPresent()
                                    ? v -> v.version() == version.getAsInt()
                                    : permanent ? Shown.ALL : Shown.LIVE)
                    .orElseThrow(() -> new SchemaNotFoundException(
                            40402, "Version " + version.orElse(0) + " not found in subject '" + subject.name() + "'"));
            String name = subject + " Version " + chosen.version();
            if (chosen.deleted() && !permanent) {
                throw new SchemaNotFoundException(
                        40406, name + " was soft deleted. Set permanent=true to delete permanently");
            }
            checkMayDelete(subject, List.of(chosen));
            if (permanent && !chosen.deleted()) {
                throw new SchemaNotFoundException(
                        40407, name + " was not deleted first before being permanently deleted");
            }
            if (permanent) {
                removeForGood(subject, all, List.of(chosen));
            } else {
                writes.append(chosen.softlyDeleted().stored());
            }
            return chosen.version();
        });
    }

    /** A subject without any version, deleted ones included, has no settings any more. */
    private void removeForGood(QualifiedSubject subject, List<SubjectVersion> all, List<SubjectVersion> chosen) {
        List<Change> changes = new ArrayList<>();
        for (SubjectVersion version : chosen) {
            changes.add(new Change.SchemaRemoved(version.subject(), version.version()));
        }
        if (chosen.size() == all.size()) {
            settings.own(subject).ifPresent(config -> changes.add(new Change.ConfigRemoved(subject.scope())));
            settings.ownMode(subject).ifPresent(mode -> changes.add(new Change.ModeRemoved(subject.scope())));
        }
        writes.append(changes);
    }

    private void checkMayDelete(QualifiedSubject subject, List<SubjectVersion> versions) {
        RegistryMode mode = settings.modeInForce(subject);
        if (Settings.isReadOnly(mode)) {
            throw new SchemaRefusedException(42205, subject + " is in mode " + mode + ": nothing can be deleted");
        }
        versions.forEach(version -> checkUnreferenced(state, version));
    }

    /** @throws SchemaRefusedException 42206 if others refer to a version */
    static void checkUnreferenced(Registrations state, SubjectVersion version) {
        List<Referral> referrals = state.referrals(version.subject(), version.version());
        if (!referrals.isEmpty()) {
            Referral first = referrals.get(0);
            throw new SchemaRefusedException(
                    42206,
                    QualifiedSubject.of(version.subject()) + " Version " + version.version()
                            + " can't be deleted: subject '" + first.bySubject() + "' version " + first.byVersion()
                            + (referrals.size() > 1 ? " and " + (referrals.size() - 1) + " more refer" : " refers")
                            + " to it");
        }
    }

    private static List<SubjectVersion> shown(List<SubjectVersion> versions, Shown shown) {
        return versions.stream().filter(shown).toList();
    }

    private static SchemaNotFoundException noSubject(QualifiedSubject subject) {
        return new SchemaNotFoundException(40401, subject + " not found");
    }
}
