package dev.schemabus.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemabus.server.Registering.Asked;
import dev.schemabus.server.SubjectVersion.Shown;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** What several nodes know of one log, and what a node knows that starts on what is left of it. */
class SharedLogTest {

    private static final QualifiedSubject LINE = QualifiedSubject.of("line");
    private static final QualifiedSubject ORDER = QualifiedSubject.of("order");

    private static StoredSchema record(String name, String fields) {
        return new StoredSchema("AVRO", "{\"type\":\"record\",\"name\":\"" + name + "\",\"fields\":[" + fields + "]}");
    }

    private static final StoredSchema REFERRING = new StoredSchema(
            "AVRO",
            record("Order", "{\"name\":\"line\",\"type\":\"Line\"}").text(),
            List.of(new SchemaReference("Line", "line", 1)),
            Optional.empty(),
            Optional.empty());

    private static void register(SubjectStore store, QualifiedSubject subject, StoredSchema schema) {
        store.register(subject, new Asked(schema, OptionalInt.empty(), OptionalInt.empty(), false));
    }

    private static void deleteForGood(SubjectStore store, QualifiedSubject subject) {
        store.delete(subject, false);
        store.delete(subject, true);
    }

    private static String resolved(SubjectStore store) {
        SubjectVersion version = store.version(ORDER, OptionalInt.empty(), Shown.LIVE);
        return store.parsed(".", version.schema()).resolved();
    }

    @Test
    void aNodeThatOnlyHearsOfADeletionForgetsWhatItHasReadToo() {
        SharedLog log = new SharedLog();
        try (SubjectStore decides = log.node();
                SubjectStore follows = log.node()) {
            register(decides, LINE, record("Line", "{\"name\":\"quantity\",\"type\":\"int\"}"));
            register(decides, ORDER, REFERRING);
            assertThat(resolved(decides)).isEqualTo(resolved(follows)).contains("quantity");

            deleteForGood(decides, ORDER);
            deleteForGood(decides, LINE);
            register(decides, LINE, record("Line", "{\"name\":\"price\",\"type\":\"double\"}"));
            register(decides, ORDER, REFERRING);

            assertThat(resolved(decides)).contains("price");
            assertThat(resolved(follows)).contains("price");
        }
    }
}
