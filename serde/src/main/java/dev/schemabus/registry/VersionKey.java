package dev.schemabus.registry;

import dev.schemabus.schema.EventSchema;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** What a schema is called in a cache: its subject and itself. */
sealed interface VersionKey {

    Subject subject();

    EventSchema schema();

    /** About how many bytes it takes. */
    default int weight() {
        return Weights.of(schema()) + Weights.entry();
    }

    private static int hash(Subject subject, EventSchema schema) {
        return 31 * subject.hashCode() + schema.hashCode();
    }

    private static boolean same(VersionKey one, @Nullable Object other) {
        return other instanceof VersionKey that
                && one.subject().equals(that.subject())
                && one.schema().equals(that.schema());
    }

    /** One that a cache keeps. */
    record Kept(Subject subject, EventSchema schema) implements VersionKey {

        @Override
        public int hashCode() {
            return hash(subject, schema);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return same(this, other);
        }
    }

    /** One to look with, which is used again and again, so that looking makes no object. */
    final class Probe implements VersionKey {

        private Subject subject;
        private EventSchema schema;

        private Probe(Subject subject, EventSchema schema) {
            this.subject = subject;
            this.schema = schema;
        }

        @Override
        public Subject subject() {
            return subject;
        }

        @Override
        public EventSchema schema() {
            return schema;
        }

        @Override
        public int hashCode() {
            return hash(subject, schema);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return same(this, other);
        }
    }

    /**
     * Probes at hand, one per thread as long as threads are few. A thread that finds none makes one, so nobody waits. (Not a
     * {@link ThreadLocal}: in threads that outlive an application it would keep the application's classes.)
     */
    final class Probes {

        private static final int THREADS = 16;

        /** Far enough apart that threads don't share a line of the processor's cache. */
        private static final int APART = 16;

        private final AtomicReferenceArray<@Nullable Probe> free = new AtomicReferenceArray<>(THREADS * APART);

        /** To be given {@link #back}. */
        Probe take(Subject subject, EventSchema schema) {
            Probe probe = free.getAndSet(place(), null);
            if (probe == null) {
                return new Probe(subject, schema);
            }
            probe.subject = subject;
            probe.schema = schema;
            return probe;
        }

        /** The last one of each place keeps what it looked for from being collected: a few schemas, until it looks again. */
        void back(Probe probe) {
            free.setRelease(place(), probe);
        }

        private static int place() {
            return (int) (Thread.currentThread().getId() & (THREADS - 1)) * APART;
        }
    }
}
