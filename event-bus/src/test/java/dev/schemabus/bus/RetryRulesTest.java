package dev.schemabus.bus;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.schemabus.registry.RegistryUnavailableException;
import dev.schemabus.registry.SchemaNotFoundException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/** What is tried again, and for how long a schema may be unknown. */
class RetryRulesTest {

    private static final RetryPolicy FIVE = RetryPolicy.inPlace(5, Duration.ofMillis(1));

    @Test
    void withoutListsEverythingIsTriedAgainButWhatWouldBeTheSameAgain() {
        assertThat(FIVE.retries(new IllegalStateException("x"), 1)).isTrue();
        assertThat(FIVE.retries(new AssertionError("x"), 1)).isTrue();
        assertThat(FIVE.retries(new NoClassDefFoundError("x"), 1)).isFalse();
        assertThat(FIVE.retries(new StackOverflowError(), 1)).isFalse();
        assertThat(FIVE.retries(new RuntimeException(new NoSuchMethodError("x")), 1))
                .isFalse();
    }

    @Test
    void theListsLookThroughCauses() {
        RetryPolicy network = FIVE.retryOn(IOException.class).doNotRetryOn(FileNotFoundException.class);

        assertThat(network.retries(new UncheckedIOException(new IOException("reset")), 1))
                .isTrue();
        assertThat(network.retries(new UncheckedIOException(new FileNotFoundException("gone")), 1))
                .isFalse();
        assertThat(network.retries(new IllegalStateException("bug"), 1)).isFalse();
    }

    @Test
    void aListOfTheUsersGoesBeforeTheBuiltInOne() {
        assertThat(FIVE.retryOn(LinkageError.class).retries(new NoClassDefFoundError("x"), 1))
                .isTrue();
        assertThat(FIVE.doNotRetryOn(IllegalStateException.class).retries(new IllegalStateException("x"), 1))
                .isFalse();
    }

    @Test
    void aCircleOfCausesIsLookedThroughOnce() {
        Exception one = new Exception("one");
        Exception two = new Exception("two", one);
        one.initCause(two);

        assertThat(FIVE.retries(one, 1)).isTrue();
        assertThat(FailureClass.whileDecoding(one)).isEqualTo(FailureClass.POISON);
    }

    @Test
    void attemptsEndWhateverTheException() {
        assertThat(FIVE.retries(new IllegalStateException("x"), 4)).isTrue();
        assertThat(FIVE.retries(new IllegalStateException("x"), 5)).isFalse();
    }

    @Test
    void aRegistryErrorIsFoundHoweverDeepItIsWrapped() {
        Throwable away = new RegistryUnavailableException(0, "away");
        Throwable unknown = new SchemaNotFoundException(40403, "unknown");
        for (int i = 0; i < 50; i++) {
            away = new IllegalStateException("wrapped", away);
            unknown = new IllegalStateException("wrapped", unknown);
        }

        assertThat(FailureClass.whileDecoding(away)).isEqualTo(FailureClass.INFRA);
        assertThat(FailureClass.whileDecoding(unknown)).isEqualTo(FailureClass.UNKNOWN_SCHEMA);
        assertThat(FailureClass.whileDecoding(new NoClassDefFoundError("x"))).isEqualTo(FailureClass.POISON);
        assertThat(FailureClass.whileDecoding(new StackOverflowError())).isEqualTo(FailureClass.POISON);
    }

    @Test
    void policiesOutOfRangeAreRefused() {
        Duration second = Duration.ofSeconds(1);
        assertThatThrownBy(() -> RetryPolicy.topics()).isInstanceOf(BusConfigurationException.class);
        assertThatThrownBy(() -> RetryPolicy.topics(second.negated())).isInstanceOf(BusConfigurationException.class);
        assertThatThrownBy(() -> RetryPolicy.keepKeyOrder(second, 0)).isInstanceOf(BusConfigurationException.class);
        assertThatThrownBy(() -> RetryPolicy.inPlace(3, second.negated()))
                .isInstanceOf(BusConfigurationException.class);
        assertThat(RetryPolicy.topics(second, second.multipliedBy(2)).attempts())
                .isEqualTo(3);
    }

    @Test
    void aBudgetBelongsToASchemaAndNotToARecord() {
        AtomicLong now = new AtomicLong();
        UnknownSchemas unknown = new UnknownSchemas(Duration.ofSeconds(10), now::get);

        assertThat(unknown.missing(record(7))).contains(Duration.ofSeconds(10));
        now.addAndGet(Duration.ofSeconds(6).toNanos());
        assertThat(unknown.missing(record(7))).contains(Duration.ofSeconds(4));
        assertThat(unknown.missing(record(8))).contains(Duration.ofSeconds(10));
        now.addAndGet(Duration.ofSeconds(4).toNanos());
        assertThat(unknown.missing(record(7))).isEmpty();
        assertThat(unknown.missing(record(8))).contains(Duration.ofSeconds(6));

        unknown.found(record(7));
        assertThat(unknown.missing(record(7))).contains(Duration.ofSeconds(10));
    }

    @Test
    void idsFromTheWireDontFillTheMemory() {
        UnknownSchemas unknown = new UnknownSchemas(Duration.ofSeconds(10), new AtomicLong()::get);

        for (int id = 0; id < 30_000; id++) {
            unknown.missing(record(id));
        }

        assertThat(unknown.size()).isEqualTo(10_000);
    }

    @Test
    void aRecordWithoutASchemaHasNoBudget() {
        UnknownSchemas unknown = new UnknownSchemas(Duration.ofSeconds(10), new AtomicLong()::get);

        assertThat(unknown.missing(new ConsumerRecord<>("t", 0, 0, new byte[0], new byte[] {9})))
                .isEmpty();
    }

    private static ConsumerRecord<byte[], byte[]> record(int schemaId) {
        byte[] value = ByteBuffer.allocate(6).put((byte) 0).putInt(schemaId).array();
        return new ConsumerRecord<>("t", 0, 0, "k".getBytes(UTF_8), value);
    }
}
