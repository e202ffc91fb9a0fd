package dev.schemabus.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.schemabus.bus.ShopEvent.OrderPaid;
import dev.schemabus.testkit.EmbeddedKafka;
import dev.schemabus.testkit.SchemabusExtension;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SchemabusExtension.class)
@Timeout(90)
class AwayTopicsTest {

    private static final int FAILING = 20;

    private final EmbeddedKafka kafka;
    private final AtomicLong now = new AtomicLong();
    private final AwayTopics away = new AwayTopics(now::get, Duration.ofSeconds(5));

    AwayTopicsTest(EmbeddedKafka kafka) {
        this.kafka = kafka;
    }

    @Test
    void whatIsAwayIsTriedByOneAtATimeAndByNobodyForAWhile() {
        TimeoutException error = new TimeoutException("not present in metadata");
        assertThatCode(() -> away.enter("letters")).doesNotThrowAnyException();
        away.failed("letters", error);

        assertThatThrownBy(() -> away.enter("letters")).isSameAs(error);
        assertThatCode(() -> away.enter("retries")).doesNotThrowAnyException();
        now.addAndGet(Duration.ofSeconds(6).toNanos());
        assertThatCode(() -> away.enter("letters")).doesNotThrowAnyException();
        assertThatThrownBy(() -> away.enter("letters"))
                .as("somebody tries already")
                .isSameAs(error);

        away.there("letters");
        assertThatCode(() -> away.enter("letters")).doesNotThrowAnyException();
    }

    @Test
    void nobodyTriesWhileAnAttemptMayStillBlock() {
        AwayTopics slow = new AwayTopics(now::get, Duration.ofMinutes(1));
        slow.failed("letters", new TimeoutException("not present in metadata"));

        now.addAndGet(Duration.ofSeconds(60).toNanos());
        assertThatThrownBy(() -> slow.enter("letters")).isInstanceOf(TimeoutException.class);
        now.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThatCode(() -> slow.enter("letters")).doesNotThrowAnyException();
    }

    @Test
    void aProducerThatMayBlockForEverIsNoOverflow() {
        KafkaSettings settings =
                new KafkaSettings(Map.of("bootstrap.servers", "localhost:9092", "max.block.ms", Long.MAX_VALUE));

        assertThatCode(() -> new AwayTopics(now::get, settings.maxBlock())).doesNotThrowAnyException();
    }

    @Test
    void aTopicThatRefusesARecordIsThere() {
        away.failed("letters", new TimeoutException("not present in metadata"));
        away.failed("letters", new RecordTooLargeException("1 MB"));

        assertThatCode(() -> away.enter("letters")).doesNotThrowAnyException();
    }

    @Test
    void aMissingDeadLetterTopicDoesNotDelayTheRetryTopics() throws Exception {
        try (Shop shop = new Shop(kafka, 1, Shop.IN_MEMORY, Map.of("max.block.ms", "2000"))) {
            CountDownLatch topicIsAway = new CountDownLatch(1);
            CountDownLatch letterIsWaiting = new CountDownLatch(1);
            Subscription subscription = shop.bus()
                    .subscribe(ShopEvent.class)
                    .group("billing")
                    .concurrency(FAILING + 1)
                    .retry(RetryPolicy.topics(Duration.ZERO)
                            .acceptReordering()
                            .doNotRetryOn(IllegalArgumentException.class))
                    .on(ShopEvent.class, (event, context) -> {
                        topicIsAway.await();
                        OrderPaid paid = (OrderPaid) event;
                        if (paid.cents() == 1) {
                            throw new IllegalArgumentException("a dead letter at once");
                        }
                        if (context.attempt() == 1) {
                            letterIsWaiting.await();
                            throw new IllegalStateException("tried again by way of the retry topic");
                        }
                    })
                    .start();
            for (int i = 0; i < FAILING; i++) {
                shop.bus().publish(new OrderPaid("bad-" + i, 1));
            }
            shop.bus().publish(new OrderPaid("good", 2));
            shop.deleteTopic(shop.deadLetters("billing"));
            topicIsAway.countDown();
            await().until(() -> subscription.health().degraded());
            letterIsWaiting.countDown();

            // One thread that waits 2 s for each of the others would take 40 s.
            await().atMost(Duration.ofSeconds(15))
                    .until(() -> subscription.counts().handled() == 1);
            assertThat(subscription.counts().deadLettered()).isZero();
            kafka.createTopic(shop.deadLetters("billing"), 1);
            await().until(() -> subscription.counts().deadLettered() == FAILING);
        }
    }
}
