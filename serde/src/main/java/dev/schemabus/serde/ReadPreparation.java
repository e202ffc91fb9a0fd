package dev.schemabus.serde;

import dev.schemabus.codec.CodecFactory;
import dev.schemabus.codec.Decoder;
import dev.schemabus.codec.UnreadableSchemaException;
import dev.schemabus.registry.SchemaGuid;
import dev.schemabus.registry.SchemaId;
import dev.schemabus.registry.SchemaIdentifier;
import dev.schemabus.registry.SchemaNotFoundException;
import dev.schemabus.registry.SchemaRegistry;
import dev.schemabus.schema.EventSchema;
import dev.schemabus.schema.SchemaException;
import java.util.List;
import java.util.Optional;

/** Finds out how the payloads of one writer schema are read. Asks the registry. */
final class ReadPreparation<T> {

    private final SchemaRegistry registry;
    private final CodecFactory codecs;
    private final TypeBinding<T> types;

    ReadPreparation(SchemaRegistry registry, CodecFactory codecs, TypeBinding<T> types) {
        this.registry = registry;
        this.codecs = codecs;
        this.types = types;
    }

    /** @throws dev.schemabus.registry.RegistryException if the registry doesn't know it, or can't be asked */
    ReadPlan<T> plan(String topic, SchemaIdentifier schema) {
        try {
            return new ReadPlan.Possible<>(decoder(writerSchema(topic, schema)));
        } catch (UnboundTypeException | UnreadableSchemaException | SchemaException e) {
            return new ReadPlan.Refused<>(schema, e);
        } catch (StackOverflowError e) {
            return new ReadPlan.Refused<>(
                    schema, new UnreadableSchemaException("the writer's schema is nested too deep", e));
        }
    }

    private EventSchema writerSchema(String topic, SchemaIdentifier schema) {
        try {
            return schema instanceof SchemaGuid guid ? registry.byGuid(guid) : registry.byId((SchemaId) schema);
        } catch (SchemaNotFoundException e) {
            throw Remedies.unknownSchema(e, topic, schema);
        }
    }

    private Decoder<? extends T> decoder(EventSchema writerSchema) {
        Optional<Class<? extends T>> type = types.bound(writerSchema);
        if (type.isPresent()) {
            return codecs.decoder(type.get(), writerSchema);
        }
        List<EventSchema> branches = writerSchema.branches();
        if (branches.stream().noneMatch(branch -> types.bound(branch).isPresent())) {
            throw types.unbound(writerSchema);
        }
        return codecs.union(writerSchema, types::bound, types::unbound);
    }
}
