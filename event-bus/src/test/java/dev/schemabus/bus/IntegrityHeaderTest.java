package dev.schemabus.bus;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class IntegrityHeaderTest {

    private static final byte[] KEY = "o-1".getBytes(UTF_8);
    private static final byte[] VALUE = {0, 0, 0, 0, 7, 42};

    @Test
    void itsTextIsTheChecksumOfTheDocumentedBytes() {
        // crc32c(00000006 "orders" 00000003 "o-1" 00000006 00000000072a), computed by hand with another implementation
        assertThat(IntegrityHeader.of("orders", KEY, VALUE)).hasToString("8642fb23");
    }

    @Test
    void everyChangeOfOneByteIsNoticed() {
        Headers headers = headers(IntegrityHeader.of("orders", KEY, VALUE).toString());
        assertThatCode(() -> IntegrityHeader.check("orders", headers, KEY, VALUE))
                .doesNotThrowAnyException();

        for (int at = 0; at < VALUE.length; at++) {
            byte[] changed = VALUE.clone();
            changed[at] ^= 1;
            assertThatThrownBy(() -> IntegrityHeader.check("orders", headers, KEY, changed))
                    .isInstanceOf(IntegrityException.class)
                    .hasMessageContaining("its bytes were changed after it was published");
        }
    }

    @Test
    void anotherTopicOrKeyIsNoticed() {
        Headers headers = headers(IntegrityHeader.of("orders", KEY, VALUE).toString());

        for (byte @Nullable [] other : new byte @Nullable [][] {null, {}, "o-2".getBytes(UTF_8)}) {
            assertThatThrownBy(() -> IntegrityHeader.check("orders", headers, other, VALUE))
                    .isInstanceOf(IntegrityException.class);
        }
        assertThatThrownBy(() -> IntegrityHeader.check("payments", headers, KEY, VALUE))
                .isInstanceOf(IntegrityException.class);
        assertThatThrownBy(() -> IntegrityHeader.check("orders", headers, KEY, null))
                .isInstanceOf(IntegrityException.class);
    }

    @Test
    void aHeaderThatCantBeReadIsNoProof() {
        for (String text : List.of("", "xyz", "zzzzzzzz", "123456789")) {
            assertThatThrownBy(() -> IntegrityHeader.check("orders", headers(text), KEY, VALUE))
                    .isInstanceOf(IntegrityException.class)
                    .hasMessageContaining("nothing readable");
        }
    }

    @Test
    void aRecordWithoutTheHeaderIsLetThrough() {
        Headers none = new ProducerRecord<byte[], byte[]>("orders", VALUE).headers();

        assertThatCode(() -> IntegrityHeader.check("orders", none, KEY, VALUE)).doesNotThrowAnyException();
    }

    private static Headers headers(String text) {
        return new ProducerRecord<byte[], byte[]>("orders", VALUE)
                .headers()
                .add(IntegrityHeader.NAME, text.getBytes(UTF_8));
    }
}
