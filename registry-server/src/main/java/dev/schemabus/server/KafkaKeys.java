package dev.schemabus.server;

import java.util.Optional;

/**
 * The keys of the topic, spelled as the reference spells them. Kafka compacts by a key's bytes, so two spellings of one
 * key would both stay.
 */
final class KafkaKeys {

    static final String SCHEMA = "SCHEMA";
    static final String CONTEXT = "CONTEXT";

    /** The reference serves several tenants; whoever runs it alone is this one. */
    static final String TENANT = "default";

    static final String CONFIG = "CONFIG";
    static final String MODE = "MODE";
    static final String DELETE_SUBJECT = "DELETE_SUBJECT";
    static final String CLEAR_SUBJECT = "CLEAR_SUBJECT";
    static final String NOOP = "NOOP";

    /** In the value of {@link #idsUsed}: an object of contexts and their highest ids. */
    static final String HIGHEST_IDS = "highestIds";

    private KafkaKeys() {}

    static String schema(String subject, int version) {
        return Json.write(Json.object("keytype", SCHEMA, "subject", subject, "version", version, "magic", 1));
    }

    static String context(String context) {
        return Json.write(Json.object("keytype", CONTEXT, "tenant", TENANT, "context", context, "magic", 0));
    }

    static String config(Optional<String> subject) {
        return ofSubject(CONFIG, subject);
    }

    static String mode(Optional<String> subject) {
        return ofSubject(MODE, subject);
    }

    static String deleteSubject(String subject) {
        return ofSubject(DELETE_SUBJECT, Optional.of(subject));
    }

    static String clearSubject(Optional<String> subject) {
        return ofSubject(CLEAR_SUBJECT, subject);
    }

    static String noop() {
        return ofSubject(NOOP, Optional.empty());
    }

    /**
     * A key of our own that the reference takes for {@link #noop} and passes over, value and all. To Kafka it is another
     * key, so that neither the reference's own markers nor a leader's take its value's place.
     */
    static String idsUsed() {
        return Json.write(Json.object("magic", 0, "keytype", NOOP));
    }

    private static String ofSubject(String keytype, Optional<String> subject) {
        return Json.write(
                subject.isPresent()
                        ? Json.object("keytype", keytype, "subject", subject.get(), "magic", 0)
                        : Json.object("keytype", keytype, "magic", 0));
    }

    /** The key under which a change stands. */
    static String of(Change change) {
        if (change instanceof Change.SchemaStored stored) {
            return schema(stored.subject(), stored.version());
        } else if (change instanceof Change.VersionReserved reserved) {
            return schema(reserved.subject(), reserved.version());
        } else if (change instanceof Change.SchemaRemoved removed) {
            return schema(removed.subject(), removed.version());
        } else if (change instanceof Change.SubjectDeleted deleted) {
            return deleteSubject(deleted.subject());
        } else if (change instanceof Change.SubjectCleared cleared) {
            return clearSubject(cleared.subject());
        } else if (change instanceof Change.ContextStored stored) {
            return context(stored.context());
        } else if (change instanceof Change.ConfigStored stored) {
            return config(stored.subject());
        } else if (change instanceof Change.ConfigRemoved removed) {
            return config(removed.subject());
        } else if (change instanceof Change.ModeStored stored) {
            return mode(stored.subject());
        } else if (change instanceof Change.ModeRemoved removed) {
            return mode(removed.subject());
        } else if (change instanceof Change.IdsUsed) {
            return idsUsed();
        }
        return noop();
    }
}
