package dev.schemabus.server;

import com.fasterxml.jackson.databind.JsonNode;
import dev.schemabus.registry.RegistryMode;
import dev.schemabus.registry.SchemaNotFoundException;
import dev.schemabus.registry.SchemaRefusedException;
import dev.schemabus.schema.CompatibilityLevel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The rules of settings and modes. A scope is a subject, a context or the registry; what isn't set for one is looked up
 * in the next wider one.
 */
final class Settings {

    static final Config DEFAULT = Config.of(CompatibilityLevel.BACKWARD);
    static final RegistryMode DEFAULT_MODE = RegistryMode.READWRITE;

    private final Registrations state;
    private final Writes writes;

    Settings(Registrations state, Writes writes) {
        this.state = state;
        this.writes = writes;
    }

    /** What is set for the scope itself. */
    Optional<Config> own(QualifiedSubject scope) {
        return state.config(scope);
    }

    /**
     * What is set for the scope itself; for the registry, completed by the defaults.
     *
     * @throws SchemaNotFoundException 40408 if nothing is
     */
    Config config(QualifiedSubject scope) {
        if (scope.equals(QualifiedSubject.GLOBAL)) {
            return inForce(scope);
        }
        return own(scope)
                .orElseThrow(() -> new SchemaNotFoundException(
                        40408, scope + " has no compatibility level of its own: it follows the global one"));
    }

    /** What counts for a scope, field by field. Its level is always there. */
    Config inForce(QualifiedSubject scope) {
        Config global = own(QualifiedSubject.GLOBAL).orElse(Config.EMPTY).orElse(DEFAULT);
        Config wider = own(scope.whole()).map(config -> config.orElse(global)).orElse(global);
        return own(scope).map(config -> config.orElse(wider)).orElse(wider);
    }

    CompatibilityLevel level(QualifiedSubject subject) {
        return inForce(subject).compatibilityLevel().orElseThrow(); // the default has one
    }

    /** The subject that is meant by a name: what its alias says, if it has one. */
    QualifiedSubject meant(QualifiedSubject subject) {
        return own(subject).flatMap(Config::alias).map(QualifiedSubject::of).orElse(subject);
    }

    /**
     * Changes what a scope has set.
     *
     * @param request the fields to change; null takes a field back
     * @throws SchemaRefusedException 42205 in a read-only mode
     */
    Config change(QualifiedSubject scope, JsonNode request) {
        return writes.decide(() -> {
            checkMayChange(scope);
            Config changed = own(scope).orElse(Config.EMPTY).changedBy(request);
            writes.append(new Change.ConfigStored(scope.scope(), changed));
            return changed;
        });
    }

    /**
     * Takes back what a scope has set.
     *
     * @return what was set
     * @throws SchemaNotFoundException 40401 if nothing was
     * @throws SchemaRefusedException 42205 in a read-only mode
     */
    Config clear(QualifiedSubject scope) {
        return writes.decide(() -> {
            Config before = scope.equals(QualifiedSubject.GLOBAL)
                    ? inForce(scope)
                    : own(scope).orElseThrow(() -> nothingSet(scope, "settings"));
            checkMayChange(scope);
            writes.append(new Change.ConfigRemoved(scope.scope()));
            return before;
        });
    }

    /** Who takes back what isn't there is told that the subject isn't, as with the reference. */
    private static SchemaNotFoundException nothingSet(QualifiedSubject scope, String what) {
        return new SchemaNotFoundException(
                40401, scope + " has no " + what + " of its own: there is nothing to take back");
    }

    private void checkMayChange(QualifiedSubject scope) {
        RegistryMode mode = modeInForce(scope);
        if (isReadOnly(mode)) {
            throw new SchemaRefusedException(
                    42205, scope + " is in mode " + mode + ": its compatibility level can't change");
        }
    }

    static boolean isReadOnly(RegistryMode mode) {
        return mode == RegistryMode.READONLY || mode == RegistryMode.READONLY_OVERRIDE;
    }

    /** The mode set for the scope itself. */
    Optional<RegistryMode> ownMode(QualifiedSubject scope) {
        return state.mode(scope);
    }

    /** @throws SchemaNotFoundException 40409 if the scope follows a wider one */
    RegistryMode mode(QualifiedSubject scope) {
        if (scope.equals(QualifiedSubject.GLOBAL)) {
            return modeInForce(scope);
        }
        return ownMode(scope)
                .orElseThrow(() -> new SchemaNotFoundException(
                        40409, scope + " has no mode of its own: it follows the global one"));
    }

    /** The mode that counts for a scope: its own, or else the next wider one's; a global READONLY_OVERRIDE beats all. */
    RegistryMode modeInForce(QualifiedSubject scope) {
        RegistryMode global = ownMode(QualifiedSubject.GLOBAL).orElse(DEFAULT_MODE);
        return global == RegistryMode.READONLY_OVERRIDE
                ? global
                : ownMode(scope).or(() -> ownMode(scope.whole())).orElse(global);
    }

    /**
     * Sets a mode. IMPORT drops what is deleted softly, so that nothing is in the way of what comes.
     *
     * @param force whether IMPORT may be set although schemas exist
     * @throws SchemaRefusedException 42205 for IMPORT where schemas exist, without force; 42206 if others refer to what
     *     would be dropped
     */
    void setMode(QualifiedSubject scope, RegistryMode mode, boolean force) {
        writes.decide(() -> {
            Change set = new Change.ModeStored(scope.scope(), mode);
            if (mode != RegistryMode.IMPORT || force || modeInForce(scope) == RegistryMode.IMPORT) {
                writes.append(set);
            } else if (holdsSchemas(scope)) {
                throw new SchemaRefusedException(
                        42205,
                        "IMPORT needs an empty "
                                + (scope.equals(QualifiedSubject.GLOBAL)
                                        ? "registry"
                                        : scope.isContext() ? "context" : "subject")
                                + " or force");
            } else {
                // One by one, too: else what is compacted away says that they were deleted, and they are back.
                List<Change> changes = new ArrayList<>();
                versions(scope).forEach(version -> {
                    Deletions.checkUnreferenced(state, version);
                    changes.add(new Change.SchemaRemoved(version.subject(), version.version()));
                });
                changes.add(new Change.SubjectCleared(scope.scope()));
                changes.add(set);
                writes.append(changes);
            }
            return scope;
        });
    }

    private boolean holdsSchemas(QualifiedSubject scope) {
        return versions(scope).anyMatch(SubjectVersion.Shown.LIVE);
    }

    /** The versions in a scope, deleted ones too; the registry's are those of all contexts. */
    private Stream<SubjectVersion> versions(QualifiedSubject scope) {
        if (!scope.isContext()) {
            return state.versions(scope.name()).stream();
        }
        return state.subjects().values().stream()
                .flatMap(List::stream)
                .filter(version -> scope.equals(QualifiedSubject.GLOBAL)
                        || QualifiedSubject.of(version.subject()).context().equals(scope.context()));
    }

    /**
     * Takes a mode back: the scope follows the next wider one again, the registry the default.
     *
     * @return the mode that was set
     * @throws SchemaNotFoundException 40401 if there was none
     */
    RegistryMode clearMode(QualifiedSubject scope) {
        return writes.decide(() -> {
            RegistryMode before = scope.equals(QualifiedSubject.GLOBAL)
                    ? modeInForce(scope)
                    : ownMode(scope).orElseThrow(() -> nothingSet(scope, "mode"));
            writes.append(new Change.ModeRemoved(scope.scope()));
            return before;
        });
    }
}
