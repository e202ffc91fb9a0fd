package dev.schemabus.codec;

import dev.schemabus.schema.Shape;

/**
 * Makes JSON encoders and decoders. What a type reads is decided by the type alone: properties that it doesn't know are
 * skipped, those that it misses take their defaults, so the writer schema isn't needed.
 */
final class JsonCodecs {

    private final Limits limits;

    JsonCodecs(Limits limits) {
        this.limits = limits;
    }

    <T> Encoder<T> encoder(Class<T> type, Shape shape) {
        return new JsonEncoder<>(type, new JsonPlan().form(shape), limits);
    }

    <T> Decoder<T> decoder(Class<T> type, Shape shape) {
        return new JsonDecoder<>(type, new JsonPlan().form(shape), limits);
    }
}
