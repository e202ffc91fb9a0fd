package dev.schemabus.codec;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.schemabus.schema.SchemaFormat;

/**
 * Targets for Jazzer. A build runs them on the inputs in the resources; with {@code JAZZER_FUZZ=1} in the environment Jazzer looks
 * for more.
 */
class PayloadFuzzTest {

    private final Codec<Shop.Everything> avro = Codecs.own(Shop.Everything.class, SchemaFormat.AVRO);
    private final Codec<Shop.Everything> json = Codecs.own(Shop.Everything.class, SchemaFormat.JSON);

    @FuzzTest
    void avro(byte[] payload) {
        decode(avro, payload);
    }

    @FuzzTest
    void json(byte[] payload) {
        decode(json, payload);
    }

    private static void decode(Codec<Shop.Everything> codec, byte[] payload) {
        Shop.Everything value;
        try {
            value = Codecs.decode(codec, payload);
        } catch (MalformedPayloadException expected) {
            return;
        }
        codec.encode(value, 0); // what can be read can be written
    }
}
