package dev.schemabus.codec;

import java.util.Objects;

/** Values from Avro binary by a generated class, and by its plan where that fails, to say why. */
final class AvroDecoder<T> implements Decoder<T> {

    private final GeneratedReader generated;
    private final AvroInterpreter<T> interpreter;
    private final Limits limits;

    AvroDecoder(GeneratedReader generated, AvroInterpreter<T> interpreter, Limits limits) {
        this.generated = generated;
        this.interpreter = interpreter;
        this.limits = limits;
    }

    @Override
    public T decode(byte[] bytes, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        if (length <= limits.valueBytes()) {
            try {
                return known(generated.readWhole(bytes, offset, length, limits));
            } catch (RuntimeException | StackOverflowError e) {
                // What is wrong, and where, is told by the plan.
            }
        }
        return interpreter.decode(bytes, offset, length);
    }

    @SuppressWarnings("unchecked") // it was generated for the type, and a cast costs as much as a field
    private T known(Object value) {
        return (T) value;
    }
}
