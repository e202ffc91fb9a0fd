package dev.schemabus.codec;

/**
 * Both directions for one type and one writer schema.
 *
 * @param <T> the type of the values
 */
public interface Codec<T> extends Encoder<T>, Decoder<T> {}
