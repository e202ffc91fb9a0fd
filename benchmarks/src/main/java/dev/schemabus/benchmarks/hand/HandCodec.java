package dev.schemabus.benchmarks.hand;

import dev.schemabus.codec.Codec;
import dev.schemabus.codec.Decoder;

/**
 * Avro binary for exactly one record, as a careful engineer would write it by hand: from the accessors into an array that
 * is used again, from the bytes into the canonical constructor. Called through the same interfaces as ours, so a comparison
 * pays for one virtual call on both sides.
 *
 * @param <T> the record
 */
public interface HandCodec<T> extends Codec<T> {

    /** Reads what was written under the older schema (see {@link dev.schemabus.benchmarks.Schemas}). */
    Decoder<T> older();
}
