package dev.schemabus.registry;

/**
 * How the text of a registered schema refers to another one: a name in the text, and the version that it stands for.
 *
 * @param name what the text calls it: in Avro a type's full name, in JSON what {@code $ref} says, in Protobuf what
 *     {@code import} says
 * @param target what it stands for; in what is to be registered this may be the latest version, which is then written down
 *     by its number
 */
public record SubjectReference(String name, SubjectVersion target) {

    /** @throws IllegalArgumentException if the name is blank */
    public SubjectReference {
        if (name.isBlank()) {
            throw new IllegalArgumentException(
                    "A reference to " + target + " needs the name that the schema's text" + " calls it by");
        }
    }

    /** A reference to a version of a subject. */
    public SubjectReference(String name, Subject subject, int version) {
        this(name, new SubjectVersion(subject, version));
    }
}
