package dev.schemabus.codec;

import dev.schemabus.schema.EventSchema;
import dev.schemabus.schema.SchemaFormat;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.apache.avro.Resolver;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.specific.SpecificRecord;

/**
 * Makes encoders and decoders for Avro's own records: generic ones, and those of classes that Avro's compiler made.
 */
final class GenericCodecs {

    private final Limits limits;

    GenericCodecs(Limits limits) {
        this.limits = limits;
    }

    /** Whether values of a type are Avro's. */
    static boolean areFor(Class<?> type) {
        return IndexedRecord.class.isAssignableFrom(type);
    }

    <T> Encoder<T> encoder(Class<T> type, EventSchema writerSchema) {
        return new GenericEncoder<>(type, parsed(type, writerSchema, "written under"), limits);
    }

    <T> Decoder<T> decoder(Class<T> type, EventSchema writerSchema) {
        Schema writer = parsed(type, writerSchema, "read from data of");
        if (SpecificRecord.class.isAssignableFrom(type)) {
            return specific(type, writer);
        }
        if (!type.isAssignableFrom(GenericRecord.class)) {
            throw new UnreadableSchemaException(
                    type.getName() + " is no class that Avro's compiler made: ask for GenericRecord");
        }
        Decoder<GenericRecord> decoder = generic(writer, limits);
        return (bytes, offset, length) -> type.cast(decoder.decode(bytes, offset, length));
    }

    /** A decoder of generic records, under the schema they were written with. */
    static Decoder<GenericRecord> generic(Schema record, Limits limits) {
        return new AvroInterpreter<>(record.getName(), GenericRecord.class, GenericStep.of(record)::read, limits);
    }

    private <T> Decoder<T> specific(Class<T> type, Schema writer) {
        Schema own = KnownClasses.get().getSchema(type);
        KnownClasses classes = new KnownClasses(type, own);
        List<String> obstacles = new ArrayList<>();
        collect(Resolver.resolve(writer, own, classes), obstacles, Collections.newSetFromMap(new IdentityHashMap<>()));
        if (!obstacles.isEmpty()) {
            throw new UnreadableSchemaException("Data of schema " + writer.getFullName() + " can't be read as "
                    + type.getName() + ": " + String.join("; ", obstacles));
        }
        return new SpecificDecoder<>(type, writer, own, classes, limits);
    }

    /** What stands in the way for every value. A union's branch that can't be read matters only to those that have it. */
    private static void collect(Resolver.Action action, List<String> obstacles, Set<Resolver.Action> seen) {
        if (!seen.add(action)) {
            return;
        }
        if (action instanceof Resolver.ErrorAction error) {
            obstacles.add(error.toString());
        } else if (action instanceof Resolver.RecordAdjust record) {
            for (Resolver.Action field : record.fieldActions) {
                collect(field, obstacles, seen);
            }
        } else if (action instanceof Resolver.Container container) {
            collect(container.elementAction, obstacles, seen);
        } else if (action instanceof Resolver.ReaderUnion union) {
            collect(union.actualAction, obstacles, seen);
        }
    }

    private static Schema parsed(Class<?> type, EventSchema writerSchema, String how) {
        if (writerSchema.format() != SchemaFormat.AVRO) {
            throw new UnreadableSchemaException(
                    type.getName() + " is a record of Avro's, and can't be " + how + " a schema in "
                            + writerSchema.format() + ": " + writerSchema.name().orElse("(no name)"));
        }
        Schema schema = AvroCodecs.parsed(writerSchema);
        if (schema.getType() != Schema.Type.RECORD) {
            throw new UnreadableSchemaException(type.getName() + " is a record, and can't be " + how
                    + " a schema of type " + schema.getType().getName());
        }
        return schema;
    }
}
