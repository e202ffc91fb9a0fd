package dev.schemabus.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemabus.registry.RegistryMode;
import dev.schemabus.schema.CompatibilityLevel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a registry's rules rest on, wherever its changes are kept. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
abstract class ChangeLogContract {

    final List<Change> heard = Collections.synchronizedList(new ArrayList<>());

    @SuppressWarnings("NullAway.Init") // set before each test
    ChangeLog log;

    /** A log that holds nothing. */
    abstract ChangeLog open() throws Exception;

    /** Returns when the log that {@link #open} gave may be written to. */
    abstract void awaitWritable(ChangeLog log);

    @BeforeEach
    void follow() throws Exception {
        log = open();
        log.follow(change -> {
            if (isTheRegistrys(change)) {
                heard.add(change);
            }
        });
        awaitWritable(log);
    }

    @AfterEach
    void close() {
        log.close();
    }

    /** Whether a change was decided by a registry, and is not the log's own. */
    static boolean isTheRegistrys(Change change) {
        return !(change instanceof Change.Noop || change instanceof Change.IdsUsed);
    }

    static Change stored(String subject, int version, int id) {
        return new Change.SchemaStored(
                subject,
                version,
                id,
                new StoredSchema("AVRO", "{\"type\":\"fixed\",\"name\":\"F\",\"size\":" + id + "}"),
                false);
    }

    /** One of each kind. */
    static List<Change> everyKind() {
        return List.of(
                stored("s", 1, 1),
                new Change.SubjectDeleted("s", 1),
                new Change.SchemaRemoved("s", 1),
                new Change.SubjectCleared(Optional.of(":.eu:")),
                new Change.ConfigStored(Optional.empty(), Config.of(CompatibilityLevel.FULL)),
                new Change.ConfigRemoved(Optional.empty()),
                new Change.ModeStored(Optional.of("s"), RegistryMode.IMPORT),
                new Change.ModeRemoved(Optional.of("s")));
    }

    @Test
    void aChangeHasBeenHeardWhenItsAppendReturns() {
        for (int i = 1; i <= 20; i++) {
            Change change = stored("s", i, i);

            log.append(List.of(change));

            assertThat(heard).hasSize(i).last().isEqualTo(change);
        }
    }

    @Test
    void severalChangesAreHeardInTheirOrder() {
        log.append(everyKind());

        assertThat(heard).containsExactlyElementsOf(everyKind());
    }

    @Test
    void itIsWrittenHereAndSentToNobodyElse() {
        assertThat(log.mayWrite()).isTrue();
        assertThat(log.leader()).isEmpty();
    }
}
