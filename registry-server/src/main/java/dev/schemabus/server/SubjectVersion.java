package dev.schemabus.server;

import java.util.Optional;
import java.util.function.Predicate;

/**
 * One version of a subject.
 *
 * @param subject the qualified name
 * @param version from 1
 * @param id the schema's id in the subject's context
 * @param schema the schema itself
 * @param deleted whether it is deleted softly: hidden, and yet there
 */
record SubjectVersion(String subject, int version, int id, StoredSchema schema, boolean deleted) {

    /** Which versions somebody wants to see. */
    enum Shown implements Predicate<SubjectVersion> {
        LIVE,
        DELETED,
        ALL;

        @Override
        public boolean test(SubjectVersion version) {
            return this == ALL || version.deleted == (this == DELETED);
        }
    }

    SubjectVersion softlyDeleted() {
        return new SubjectVersion(subject, version, id, schema, true);
    }

    /** The change that puts this version into the state. */
    Change.SchemaStored stored() {
        return new Change.SchemaStored(subject, version, id, schema, deleted);
    }

    /** The value of a metadata property. */
    Optional<String> property(String name) {
        return Metadata.property(schema, name);
    }
}
