package dev.schemabus.server;

import dev.schemabus.registry.RegistryMode;
import dev.schemabus.server.Referrals.Referral;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a registry holds right now: the sum of all {@link Change}s. It answers and applies, and judges nothing.
 *
 * <p>One thread at a time applies; any number read meanwhile, without a lock. What belongs to one subject changes at
 * once: its versions are a list that is replaced, never changed.
 */
final class Registrations {

    private static final Logger LOG = LoggerFactory.getLogger(Registrations.class);

    /** The settings of the registry itself. */
    private static final String GLOBAL = "";

    private final ConcurrentNavigableMap<String, List<SubjectVersion>> subjects = new ConcurrentSkipListMap<>();
    private final ConcurrentNavigableMap<String, ContextSchemas> contexts = new ConcurrentSkipListMap<>();
    private final Set<String> announced = ConcurrentHashMap.newKeySet();
    private final Referrals referrals = new Referrals();
    private final Map<String, Config> configs = new ConcurrentHashMap<>();
    private final Map<String, RegistryMode> modes = new ConcurrentHashMap<>();

    /** By subject, versions that are in the log and couldn't be taken in. */
    private final Map<String, NavigableSet<Integer>> reserved = new ConcurrentHashMap<>();

    private final AtomicLong losses = new AtomicLong();
    private final AtomicLong duplicates = new AtomicLong();

    Registrations() {
        contexts.put(QualifiedSubject.DEFAULT_CONTEXT, new ContextSchemas());
    }

    synchronized void apply(Change change) {
        if (change instanceof Change.SchemaStored stored) {
            put(stored);
        } else if (change instanceof Change.VersionReserved unread) {
            reserve(unread.subject(), unread.version());
            unread.id()
                    .ifPresent(id -> made(QualifiedSubject.of(unread.subject()).context())
                            .used(id));
        } else if (change instanceof Change.SchemaRemoved removed) {
            free(removed.subject(), removed.version());
            versions(removed.subject()).stream()
                    .filter(version -> version.version() == removed.version())
                    .toList()
                    .forEach(this::remove);
        } else if (change instanceof Change.SubjectDeleted deleted) {
            delete(deleted);
        } else if (change instanceof Change.SubjectCleared cleared) {
            clear(QualifiedSubject.of(cleared.subject().orElse(GLOBAL)));
        } else if (change instanceof Change.ContextStored stored) {
            made(stored.context());
            announced.add(stored.context());
        } else if (change instanceof Change.ConfigStored set) {
            configs.put(set.subject().orElse(GLOBAL), set.config());
        } else if (change instanceof Change.ConfigRemoved removed) {
            configs.remove(removed.subject().orElse(GLOBAL));
        } else if (change instanceof Change.ModeStored set) {
            modes.put(set.subject().orElse(GLOBAL), set.mode());
        } else if (change instanceof Change.ModeRemoved removed) {
            modes.remove(removed.subject().orElse(GLOBAL));
        } else if (change instanceof Change.IdsUsed used) {
            used.highest().forEach((context, id) -> made(context).used(id));
        }
    }

    private void put(Change.SchemaStored stored) {
        QualifiedSubject subject = QualifiedSubject.of(stored.subject());
        Optional<SubjectVersion> added = made(subject.context()).add(stored);
        if (added.isEmpty()) {
            LOG.error(
                    "{} version {} is left out, since its id {} stands for another schema: register it anew",
                    subject,
                    stored.version(),
                    stored.id());
            duplicates.incrementAndGet();
            reserve(stored.subject(), stored.version());
            return;
        }
        SubjectVersion version = added.get();
        free(stored.subject(), stored.version());
        List<SubjectVersion> before = versions(stored.subject());
        boolean lost = false;
        for (SubjectVersion replaced : before) {
            if (replaced.version() == version.version()) {
                forget(replaced, version);
                lost |= !replaced.schema().equals(version.schema());
            }
        }
        if (!version.deleted()) {
            referrals.add(version);
        }
        subjects.put(stored.subject(), Versions.with(before, version));
        if (lost) {
            lost();
        }
    }

    private void reserve(String subject, int version) {
        reserved.computeIfAbsent(subject, name -> new ConcurrentSkipListSet<>()).add(version);
    }

    private void free(String subject, int version) {
        reserved.computeIfPresent(subject, (name, versions) -> {
            versions.remove(version);
            return versions.isEmpty() ? null : versions;
        });
    }

    /** Takes back what a version is known for, but for what its successor is known for too. */
    private void forget(SubjectVersion version, SubjectVersion successor) {
        referrals.remove(version);
        if (version.id() != successor.id()) {
            context(version.subject()).release(version);
        }
    }

    private void remove(SubjectVersion version) {
        List<SubjectVersion> left = Versions.without(versions(version.subject()), version.version());
        if (left.isEmpty()) {
            subjects.remove(version.subject());
        } else {
            subjects.put(version.subject(), left);
        }
        referrals.remove(version);
        context(version.subject()).release(version);
        lost();
    }

    /** Comes last: who has seen the new number sees the new state. */
    private void lost() {
        losses.incrementAndGet();
    }

    private void delete(Change.SubjectDeleted deleted) {
        subjects.computeIfPresent(
                deleted.subject(),
                (name, versions) -> versions.stream()
                        .map(version -> version.version() <= deleted.version() ? version.softlyDeleted() : version)
                        .toList());
        versions(deleted.subject()).stream().filter(SubjectVersion::deleted).forEach(referrals::remove);
    }

    private void clear(QualifiedSubject cleared) {
        for (List<SubjectVersion> versions : subjects.values()) {
            QualifiedSubject subject = QualifiedSubject.of(versions.get(0).subject());
            if (cleared.isContext() ? subject.context().equals(cleared.context()) : subject.equals(cleared)) {
                versions.stream().filter(SubjectVersion::deleted).forEach(this::remove);
            }
        }
    }

    private ContextSchemas made(String context) {
        return contexts.computeIfAbsent(context, name -> new ContextSchemas());
    }

    private ContextSchemas context(String subject) {
        return contexts.getOrDefault(QualifiedSubject.of(subject).context(), new ContextSchemas());
    }

    /**
     * A number that grows when a version stops to hold a schema: it was deleted for good, or holds another. While it
     * stays, what a reference leads to is what it was.
     */
    long losses() {
        return losses.get();
    }

    /** Everything, deleted versions too, by qualified name; a view that follows changes. No list in it is empty. */
    ConcurrentNavigableMap<String, List<SubjectVersion>> subjects() {
        return subjects;
    }

    /** The versions of a subject, oldest first, deleted ones too; empty if there is no such subject. */
    List<SubjectVersion> versions(String subject) {
        return subjects.getOrDefault(subject, List.of());
    }

    /** The highest version of a subject that is taken, also by one that couldn't be taken in; 0 before the first. */
    int highestVersion(String subject) {
        List<SubjectVersion> versions = versions(subject);
        int highest = versions.isEmpty() ? 0 : versions.get(versions.size() - 1).version();
        NavigableSet<Integer> unread = reserved.get(subject);
        Integer last = unread == null ? null : unread.floor(Integer.MAX_VALUE);
        return last == null ? highest : Math.max(highest, last);
    }

    /** How many versions were left out because their id stood for another schema. */
    long duplicates() {
        return duplicates.get();
    }

    /** By name, what each context holds; a view that follows changes. The default context is always there. */
    ConcurrentNavigableMap<String, ContextSchemas> contexts() {
        return contexts;
    }

    /** Whether the log says by itself that there is a context, so that it needn't be said again. */
    boolean isAnnounced(String context) {
        return context.equals(QualifiedSubject.DEFAULT_CONTEXT) || announced.contains(context);
    }

    /** What is known in a context; nothing if there is no such context. */
    ContextSchemas schemas(String context) {
        return contexts.getOrDefault(context, new ContextSchemas());
    }

    /** The versions that refer to a version, without those that are deleted. */
    List<Referral> referrals(String subject, int version) {
        return referrals.to(subject, version);
    }

    /** What is set for the scope itself. */
    Optional<Config> config(QualifiedSubject scope) {
        return Optional.ofNullable(configs.get(scope.scope().orElse(GLOBAL)));
    }

    /** What is set for the scope itself. */
    Optional<RegistryMode> mode(QualifiedSubject scope) {
        return Optional.ofNullable(modes.get(scope.scope().orElse(GLOBAL)));
    }
}
