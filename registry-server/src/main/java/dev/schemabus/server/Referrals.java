package dev.schemabus.server;

import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Consumer;

/** Who refers to what: the references of all versions, the other way round. */
final class Referrals {

    /**
     * One version refers to another.
     *
     * @param subject the qualified name of what is referred to
     * @param version its version
     * @param id the id of the schema that refers to it
     * @param bySubject the qualified name of the subject that holds that schema
     * @param byVersion its version
     */
    record Referral(String subject, int version, int id, String bySubject, int byVersion)
            implements Comparable<Referral> {

        private static final Comparator<Referral> ORDER = Comparator.comparing(Referral::subject)
                .thenComparingInt(Referral::version)
                .thenComparingInt(Referral::id)
                .thenComparing(Referral::bySubject)
                .thenComparingInt(Referral::byVersion);

        @Override
        public int compareTo(Referral other) {
            return ORDER.compare(this, other);
        }
    }

    private final NavigableSet<Referral> referrals = new ConcurrentSkipListSet<>();

    void add(SubjectVersion version) {
        each(version, referrals::add);
    }

    void remove(SubjectVersion version) {
        each(version, referrals::remove);
    }

    private static void each(SubjectVersion version, Consumer<Referral> action) {
        String context = QualifiedSubject.of(version.subject()).context();
        for (SchemaReference reference : version.schema().references()) {
            action.accept(new Referral(
                    QualifiedSubject.in(context, reference.subject()).name(),
                    reference.version(),
                    version.id(),
                    version.subject(),
                    version.version()));
        }
    }

    /** Those that refer to a version, by id. */
    List<Referral> to(String subject, int version) {
        return List.copyOf(referrals.subSet(
                new Referral(subject, version, 0, "", 0),
                true,
                new Referral(subject, version, Integer.MAX_VALUE, "", 0),
                false));
    }
}
