package dev.schemabus.server;

import java.util.Locale;
import java.util.Optional;

/**
 * A field of a Protobuf message. On the wire it is its number; the name is for people.
 *
 * @param label as written
 * @param oneof the name of the oneof that it is a member of
 */
record ProtobufField(String name, int number, Label label, ProtobufType type, Optional<String> oneof) {

    /** What may stand before a field's type. */
    enum Label {
        /** Nothing: proto3, and members of oneofs and maps in both. */
        NONE,
        OPTIONAL,
        REQUIRED,
        REPEATED;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    boolean isRequired() {
        return label == Label.REQUIRED;
    }
}
