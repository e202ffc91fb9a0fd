package dev.schemabus.benchmarks.hand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.schemabus.benchmarks.Catalogues;
import dev.schemabus.benchmarks.Payloads;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** That they write Avro's own bytes is checked wherever they are used, in {@code Payload}. */
class HandCodecsTest {

    @Test
    void everyTruncationOfATickIsRefused() {
        everyTruncationIsRefused(new TickCodec(), Payloads.ticks(1).get(0), 1);
    }

    @Test
    void everyTruncationOfAnOrderIsRefused() {
        everyTruncationIsRefused(new OrderCodec(), Payloads.orders(1).get(0), 1);
    }

    @Test
    void truncationsOfACatalogueAreRefused() {
        everyTruncationIsRefused(new CatalogueCodec(), Catalogues.catalogues(1).get(0), 101);
    }

    private static <T> void everyTruncationIsRefused(HandCodec<T> codec, T value, int step) {
        byte[] whole = codec.encode(value, 0);
        assertThat(codec.decode(whole, 0, whole.length)).isEqualTo(value);

        for (int length = 0; length < whole.length; length += step) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> codec.decode(cut, 0, cut.length))
                    .as("the first %s bytes", length)
                    .isInstanceOf(RuntimeException.class);
        }
    }

    @Test
    void whatFollowsInTheArrayIsNotRead() {
        TickCodec codec = new TickCodec();
        Payloads.Tick tick = Payloads.ticks(1).get(0);
        byte[] whole = codec.encode(tick, 5);
        byte[] longer = Arrays.copyOf(whole, whole.length + 9);

        assertThat(codec.decode(longer, 5, whole.length - 5)).isEqualTo(tick);
        assertThatThrownBy(() -> codec.decode(longer, 5, whole.length - 6)).isInstanceOf(RuntimeException.class);
        assertThatThrownBy(() -> codec.decode(longer, 5, whole.length)).isInstanceOf(RuntimeException.class);
    }
}
