package dev.schemabus.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemabus.schema.GoldenRecords;
import dev.schemabus.schema.RecordShape;
import dev.schemabus.schema.SchemaFormat;
import dev.schemabus.schema.SchemaGenerator;
import dev.schemabus.schema.Shape;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Generated and interpreted JSON codecs do the same, with whole payloads and with damaged ones. */
class JsonModesTest {

    /** One value for each byte, beside the truncation there. */
    private static final int LONGEST = 2_000;

    private final long seed = Long.getLong("test.seed", new Random().nextLong());

    static List<Class<?>> all() {
        return GoldenRecords.all();
    }

    private static <T> Codec<T> codec(Class<T> type, CodecMode mode) {
        return new CodecFactory(SchemaGenerator.standard())
                .withMode(mode)
                .codec(type, Codecs.schema(type, SchemaFormat.JSON));
    }

    /** What became of a payload: the value written again, or what is wrong with it and where. */
    private static <T> Object outcome(Codec<T> codec, byte[] payload) {
        try {
            return codec.encode(Codecs.decode(codec, payload), 3);
        } catch (MalformedPayloadException e) {
            assertThat(e.offset()).isBetween(0, payload.length);
            return String.valueOf(e.getMessage());
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    <T> void everyDamagedPayloadIsAValueOrAnErrorInBothAlike(Class<T> type) {
        Random random = new Random(seed);
        Codec<T> generated = codec(type, CodecMode.GENERATED);
        Codec<T> interpreted = codec(type, CodecMode.INTERPRETED);
        byte[] payload = generated.encode(new RandomValues(seed).next(type), 0);
        int step = 1 + payload.length / LONGEST;
        for (int at = 0; at < payload.length; at += step) {
            byte[] changed = payload.clone();
            changed[at] = (byte) random.nextInt(256);
            byte[] structure = payload.clone();
            structure[at] = (byte) "{}[],:\"\\0-.eut \n".charAt(random.nextInt(16));
            for (byte[] damaged : List.of(changed, structure, Arrays.copyOf(payload, at))) {
                assertThat(outcome(generated, damaged))
                        .as("byte %d of %d, run with -Dtest.seed=%d", at, payload.length, seed)
                        .isEqualTo(outcome(interpreted, damaged));
            }
        }
        assertThat(outcome(generated, payload)).isEqualTo(outcome(interpreted, payload));
    }

    /** Else the comparison would be one of a thing with itself. */
    @Test
    void goldenRecordsGetAClass() throws ReflectiveOperationException {
        List<String> without = new ArrayList<>();
        for (Class<?> type : GoldenRecords.all()) {
            Shape shape = SchemaGenerator.standard().shape(type);
            if (shape instanceof RecordShape record) {
                JsonPlan plan = new JsonPlan(JsonDirection.READING, CodecSettings.STANDARD, true, JsonNulls.NONE);
                if (!isGenerated(plan.form(record, null))) {
                    without.add(type.getName());
                }
            }
        }
        assertThat(without).isEmpty();
    }

    private static boolean isGenerated(JsonForm record) throws ReflectiveOperationException {
        Field properties = JsonRecordForm.class.getDeclaredField("properties");
        properties.setAccessible(true);
        return properties.get(record) instanceof GeneratedJson;
    }
}
