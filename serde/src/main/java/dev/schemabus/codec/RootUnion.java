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

    /** In JSON the bound types are read like a sealed interface over them. */
    Decoder<T> json(JsonCodecs json) {
        List<RecordShape> records = new ArrayList<>();
        List<EventSchema> strangers = new ArrayList<>();
        for (EventSchema branch : union.branches()) {
            Optional<Class<? extends T>> type = binding.apply(branch).filter(bound -> !GenericCodecs.areFor(bound));
            if (type.isEmpty()) {
                strangers.add(branch);
            } else {
                records(codecs.shape(type.get()), branch).stream()
                        .filter(record -> !records.contains(record))
                        .forEach(records::add);
            }
        }
        @SuppressWarnings("unchecked") // it makes values of the bound types
        JsonDecoder<T> known = (JsonDecoder<T>) json.decoder(
                Record.class,
                new Shape.OfUnion(Record.class, union.name().orElse("union"), Optional.empty(), records),
                union);
        List<Decoder<? extends T>> refusing =
                strangers.stream().<Decoder<? extends T>>map(this::refusing).toList();
        return strangers.isEmpty() ? known : new JsonUnionDecoder<>(strangers, refusing, known);
    }

    /** What a branch may be read as: of a sealed interface only those of its records that the branch names, if it names any. */
    private static List<RecordShape> records(Shape bound, EventSchema branch) {
        if (bound instanceof Shape.OfUnion sealed) {
            String name = JsonUnionDecoder.discriminator(branch);
            List<RecordShape> named = sealed.branches().stream()
                    .filter(record -> Shape.OfUnion.isBranch(record, name))
                    .toList();
            return named.isEmpty() ? sealed.branches() : named;
        }
        return bound instanceof RecordShape record ? List.of(record) : List.of();
    }
}
