package dev.schemabus.serde;

import dev.schemabus.registry.RegisteredSchema;
import dev.schemabus.registry.Registration;
import dev.schemabus.registry.RegistryException;
import dev.schemabus.registry.SchemaGuid;
import dev.schemabus.registry.SchemaId;
import dev.schemabus.registry.SchemaNotFoundException;
import dev.schemabus.registry.SchemaRegistry;
import dev.schemabus.registry.Subject;
import dev.schemabus.schema.EventSchema;
import dev.schemabus.schema.SchemaFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** A registry in a list, to count calls and to fail on demand. The position is the id, and every schema is a version 1. */
final class TinyRegistry implements SchemaRegistry {

    private final List<RegisteredSchema> schemas = new CopyOnWriteArrayList<>();
    private final List<String> calls = new CopyOnWriteArrayList<>();
    private volatile @Nullable RegistryException fault;
    private volatile String slowCall = "";
    private final CountDownLatch slowCallStarted = new CountDownLatch(1);
    private final CountDownLatch slowCallMayEnd = new CountDownLatch(1);

    /** What it was asked, in order. */
    List<String> calls() {
        return calls;
    }

    /** Holds one more schema, whatever it holds already. */
    void add(String avro) {
        SchemaId id = new SchemaId(schemas.size());
        EventSchema schema = EventSchema.registered(SchemaFormat.AVRO, avro);
        schemas.add(new RegisteredSchema(new Subject("many"), 1, id, Optional.empty(), schema));
    }

    /** Every schema that it holds was registered with rules. */
    void rule() {
        schemas.replaceAll(
                known -> new RegisteredSchema(known.subject(), 1, known.id(), known.guid(), known.schema(), true));
    }

    /** Every call fails like this; null ends it. */
    void failWith(@Nullable RegistryException exception) {
        fault = exception;
    }

    /** The given call waits until it is released. */
    void hangOn(String call) {
        slowCall = call;
    }

    void awaitHang() throws InterruptedException {
        slowCallStarted.await();
    }

    void release() {
        slowCallMayEnd.countDown();
    }

    @Override
    public Registration register(Subject subject, EventSchema schema) {
        called("register " + subject);
        synchronized (schemas) {
            for (RegisteredSchema known : schemas) {
                if (known.schema().equals(schema)) {
                    return new Registration(known.id(), known.guid());
                }
            }
            SchemaId id = new SchemaId(schemas.size());
            // The position as a GUID, too.
            Optional<SchemaGuid> guid = Optional.of(new SchemaGuid(new UUID(0, id.value())));
            schemas.add(new RegisteredSchema(subject, 1, id, guid, schema));
            return new Registration(id, guid);
        }
    }

    @Override
    public RegisteredSchema lookup(Subject subject, EventSchema schema) {
        called("lookup " + subject);
        return schemas.stream()
                .filter(known ->
                        known.subject().equals(subject) && known.schema().equals(schema))
                .findFirst()
                .orElseThrow(() -> new SchemaNotFoundException(40403, "Schema not found"));
    }

    @Override
    public RegisteredSchema latest(Subject subject) {
        called("latest " + subject);
        return schemas.stream()
                .filter(known -> known.subject().equals(subject))
                .reduce((older, newer) -> newer)
                .orElseThrow(() -> new SchemaNotFoundException(40401, "Subject not found"));
    }

    /** Every version has the metadata that its number is its version. */
    @Override
    public RegisteredSchema latestWith(Subject subject, Map<String, String> metadata) {
        called("latest " + subject + " with " + metadata);
        if (!metadata.equals(Map.of("version", "1"))) {
            throw new SchemaNotFoundException(40402, "Version not found");
        }
        return latest(subject);
    }

    @Override
    public EventSchema byId(SchemaId id) {
        called("id " + id);
        if (id.value() >= schemas.size()) {
            throw new SchemaNotFoundException(40403, "Schema not found");
        }
        return schemas.get(id.value()).schema();
    }

    @Override
    public EventSchema byGuid(SchemaGuid guid) {
        called("guid " + guid);
        return byId(new SchemaId((int) guid.value().getLeastSignificantBits()));
    }

    private void called(String call) {
        calls.add(call);
        if (call.equals(slowCall)) {
            slowCallStarted.countDown();
            try {
                slowCallMayEnd.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
        RegistryException exception = fault;
        if (exception != null) {
            throw exception;
        }
    }
}
