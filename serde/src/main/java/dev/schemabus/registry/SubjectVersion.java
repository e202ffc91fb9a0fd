package dev.schemabus.registry;

/**
 * One version of one subject, by name.
 *
 * @param subject the subject
 * @param version its number there, from 1, or {@link #LATEST}
 */
public record SubjectVersion(Subject subject, int version) implements Comparable<SubjectVersion> {

    /** In place of a number: the newest version there is when the registry is asked. */
    public static final int LATEST = -1;

    /** @throws IllegalArgumentException if the number is neither from 1 nor {@link #LATEST} (registry code 42202) */
    public SubjectVersion {
        if (version < 1 && version != LATEST) {
            throw new IllegalArgumentException(
                    "A version is a number from 1, or -1 for the latest: not " + version + " of '" + subject + "'");
        }
    }

    /** By subject, then number. */
    @Override
    public int compareTo(SubjectVersion other) {
        int bySubject = subject.compareTo(other.subject);
        return bySubject != 0 ? bySubject : Integer.compare(version, other.version);
    }

    /** Such as {@code version 3 of subject 'orders-value'}. */
    @Override
    public String toString() {
        return (version == LATEST ? "the latest version" : "version " + version) + " of subject '" + subject + "'";
    }
}
