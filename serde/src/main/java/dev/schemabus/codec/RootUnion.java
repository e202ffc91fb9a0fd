package dev.schemabus.codec;

import dev.schemabus.schema.EventSchema;
import dev.schemabus.schema.RecordShape;
import dev.schemabus.schema.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Plans how a union at the root is read: each of its branches as the type that is bound to it. */
final class RootUnion<T> {

    private final CodecFactory codecs;
    private final EventSchema union;
    private final Function<EventSchema, Optional<Class<? extends T>>> binding;
    private final Function<EventSchema, ? extends RuntimeException> refusal;

    RootUnion(
            CodecFactory codecs,
            EventSchema union,
            Function<EventSchema, Optional<Class<? extends T>>> binding,
            Function<EventSchema, ? extends RuntimeException> refusal) {
        this.codecs = codecs;
        this.union = union;
        this.binding = binding;
        this.refusal = refusal;
    }

    Decoder<T> avro() {
        List<Decoder<? extends T>> decoders = new ArrayList<>();
        for (EventSchema branch : union.branches()) {
            Optional<Class<? extends T>> type = binding.apply(branch);
            decoders.add(type.isPresent() ? readable(type.get(), branch) : refusing(branch));
        }
        return new AvroUnionDecoder<>(decoders);
    }

    private Decoder<? extends T> readable(Class<? extends T> type, EventSchema branch) {
        try {
            return codecs.decoder(type, branch);
        } catch (UnreadableSchemaException e) {
            String message = String.valueOf(e.getMessage());
            return (bytes, offset, length) -> {
                throw new UnreadableSchemaException(message, e.path(), e);
            };
        }
    }

    private Decoder<T> refusing(EventSchema branch) {
        return (bytes, offset, length) -> {
            throw refusal.apply(branch);
        };
    }

    /**
     * In JSON the bound types are read like a sealed interface over them.
     *
     * @param reader makes the decoder for that
     */
    Decoder<T> json(Function<Shape.OfUnion, Decoder<?>> reader) {
        List<EventSchema> branches = union.branches();
        List<RecordShape> records = new ArrayList<>();
        List<EventSchema> strangers = new ArrayList<>();
        for (EventSchema branch : branches) {
            Optional<Class<? extends T>> type = binding.apply(branch).filter(bound -> !GenericCodecs.areFor(bound));
            if (type.isEmpty()) {
                strangers.add(branch);
            } else if (codecs.shape(type.get()) instanceof RecordShape record && !records.contains(record)) {
                records.add(record);
            }
        }
        @SuppressWarnings("unchecked") // it makes values of the bound types
        Decoder<T> known = (Decoder<T>)
                reader.apply(new Shape.OfUnion(Record.class, union.name().orElse("union"), Optional.empty(), records));
        List<Decoder<? extends T>> refusing =
                strangers.stream().<Decoder<? extends T>>map(this::refusing).toList();
        return strangers.isEmpty() ? known : new JsonUnionDecoder<>(strangers, refusing, known);
    }
}
