package dev.schemabus.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.schemabus.bus.PublishOutcome.Indeterminate;
import dev.schemabus.bus.PublishOutcome.IndeterminateReason;
import dev.schemabus.bus.PublishOutcome.Rejected;
import dev.schemabus.bus.PublishOutcome.RejectionReason;
import dev.schemabus.registry.RegistryUnavailableException;
import dev.schemabus.registry.SchemaNotFoundException;
import dev.schemabus.schema.Decimal;
import dev.schemabus.schema.Key;
import dev.schemabus.schema.Name;
import dev.schemabus.schema.RecordShape;
import dev.schemabus.schema.SchemaException;
import dev.schemabus.schema.SchemaGenerator;
import dev.schemabus.schema.Value;
import dev.schemabus.wire.MalformedRecordException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The small parts that stand alone. */
class PiecesTest {

    record ByText(@Key String id) {}

    record ByNumber(@Key long id) {}

    record ByUuid(@Key UUID id) {}

    record Keyless(String text) {}

    enum Region {
        @Name("eu")
        EUROPE
    }

    record ByRegion(@Key Region region) {}

    @Value
    record Sku(String value) {}

    record BySku(@Key Sku sku) {}

    record ByPrice(@Key @Decimal(precision = 9, scale = 2) BigDecimal price) {}

    record ByDouble(@Key double id) {}

    @Test
    void eventIdsAreUuidsOfVersionSevenInOrderOfTime() {
        EventIds ids = new EventIds();
        UUID early = ids.at(1_000_000_000_000L);
        UUID late = ids.at(1_000_000_000_001L);

        assertThat(early.version()).isEqualTo(7);
        assertThat(early.variant()).isEqualTo(2);
        assertThat(early.getMostSignificantBits() >>> 16).isEqualTo(1_000_000_000_000L);
        assertThat(early.toString()).isLessThan(late.toString());
    }

    @Test
    void eachEventIdIsLaterThanTheOneBeforeAlsoWhenTheClockIsSetBack() {
        EventIds ids = new EventIds();
        String last = ids.at(1_000_000_000_000L).toString();
        for (int i = 0; i < 10_000; i++) {
            String next = ids.at(1_000_000_000_000L - i).toString();
            assertThat(next).isGreaterThan(last);
            last = next;
        }
        assertThat(UUID.fromString(last).getMostSignificantBits() >>> 16)
                .as("4,096 ids a millisecond, then the next one's")
                .isEqualTo(1_000_000_000_002L);
    }

    @Test
    void twoProcessesMakeDifferentIdsInTheSameMillisecond() {
        assertThat(new EventIds().at(1)).isNotEqualTo(new EventIds().at(1));
    }

    @Test
    void aKeyIsThePlainTextOfItsComponent() {
        UUID uuid = UUID.fromString("01890a5d-ac96-774b-bcce-b302099a8057");

        assertThat(key(new ByText("zürich"))).isEqualTo("zürich");
        assertThat(key(new ByNumber(-7))).isEqualTo("-7");
        assertThat(key(new ByUuid(uuid))).isEqualTo(uuid.toString());
        assertThat(key(new ByRegion(Region.EUROPE))).isEqualTo("eu");
        assertThat(key(new BySku(new Sku("cup")))).isEqualTo("cup");
        assertThat(key(new ByPrice(new BigDecimal("12.5"))))
                .isEqualTo(key(new ByPrice(new BigDecimal("12.50"))))
                .isEqualTo("12.50");
        assertThat(key(new Keyless("x"))).isNull();
    }

    @Test
    @SuppressWarnings("NullAway") // a null that the compiler refuses comes all the same
    void aKeyThatIsNullOrHasNoPlainTextIsNamed() {

        assertThatThrownBy(() -> key(new ByText(null)))
                .isInstanceOf(SchemaException.class)
                .hasMessageContaining("ByText.id is the key and null");
        assertThatThrownBy(() -> key(new ByDouble(1)))
                .isInstanceOf(SchemaException.class)
                .hasMessageContaining("ByDouble.id: a Kafka key is written as a text, and double has no text");
    }

    @Test
    void backoffGrowsUpToItsLimitAndIsRandom() {
        Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(1));
        Random random = new Random(1);
        for (int failures = 1; failures < 50; failures++) {
            long longest = Math.min(1_000, 100L << Math.min(failures - 1, 20));
            assertThat(backoff.after(failures, random)).isBetween(Duration.ZERO, Duration.ofMillis(longest));
        }
        assertThat(backoff.after(1, random)).isNotEqualTo(backoff.after(1, random));
    }

    @Test
    void aRegistryErrorIsNoPoisonHoweverItIsWrapped() {
        RegistryUnavailableException away = new RegistryUnavailableException(0, "connection refused");

        assertThat(FailureClass.whileDecoding(away)).isEqualTo(FailureClass.INFRA);
        assertThat(FailureClass.whileDecoding(new IllegalStateException(away))).isEqualTo(FailureClass.INFRA);
        assertThat(FailureClass.whileDecoding(new SchemaNotFoundException(40403, "no schema 7")))
                .isEqualTo(FailureClass.UNKNOWN_SCHEMA);
    }

    @Test
    void whatCanNeverBeDecodedIsPoison() {
        assertThat(List.of(
                        new MalformedRecordException("no magic byte"),
                        new SchemaException("two types"),
                        new StackOverflowError(),
                        new NoClassDefFoundError(),
                        new ArithmeticException()))
                .allSatisfy(
                        error -> assertThat(FailureClass.whileDecoding(error)).isEqualTo(FailureClass.POISON));
    }

    @Test
    void backPressureKeepsRoomForOnePollAndHoldsDownToHalf() {
        InFlight inFlight = new InFlight(new PollLimits(8, 1_000, 2, 100));
        for (int i = 0; i < 7; i++) {
            assertThat(inFlight.full()).isFalse();
            inFlight.add(10);
        }
        assertThat(inFlight.full()).isTrue();
        for (int i = 7; i > 4; i--) {
            assertThat(inFlight.full()).isTrue();
            inFlight.release(10);
        }
        assertThat(inFlight.full()).isFalse();

        inFlight.add(861);
        assertThat(inFlight.full()).as("with what one fetch may bring").isTrue();
        inFlight.release(861);
        assertThat(inFlight.full()).isFalse();
    }

    @Test
    void aPollTakesAtMostHalfOfTheLimitsAndSmallLimitsStillLetOneRecordThrough() {
        SubscriptionSettings.Builder settings = SubscriptionSettings.builder();
        settings.group = "billing";
        assertThat(PollLimits.of(settings.build(), 0, 0)).isEqualTo(new PollLimits(10_000, 64 << 20, 500, 16 << 20));
        settings.maxRecords = 1;
        settings.maxBytes = 1;
        PollLimits least = PollLimits.of(settings.build(), 500, 0);
        assertThat(least.pollRecords()).isEqualTo(1);
        assertThat(least.full(0, 0)).isFalse();
        assertThat(least.full(1, 1)).isTrue();
        assertThat(least.room(0, 0)).isTrue();
    }

    @Test
    void retryPoliciesCountTheFirstAttempt() {
        assertThat(RetryPolicy.none().attempts()).isEqualTo(1);
        assertThat(RetryPolicy.DEFAULT).isEqualTo(RetryPolicy.inPlace(3, Duration.ofMillis(200)));
        assertThatThrownBy(() -> RetryPolicy.inPlace(0, Duration.ZERO)).isInstanceOf(BusConfigurationException.class);
    }

    @Test
    void whatTheProducerGivesUpWhenTheBusClosesIsIndeterminateBecauseOfTheClose() {
        KafkaException givenUp = new KafkaException("Producer is closed forcefully.");

        assertThat(Rejections.afterSend("orders", "id-1", givenUp, true, true))
                .isInstanceOfSatisfying(
                        Indeterminate.class,
                        unknown -> assertThat(unknown.reason()).isEqualTo(IndeterminateReason.CLOSED));
        assertThat(Rejections.afterSend("orders", "id-1", givenUp, false, true))
                .isInstanceOfSatisfying(
                        Indeterminate.class,
                        unknown -> assertThat(unknown.reason()).isEqualTo(IndeterminateReason.OTHER));
    }

    @Test
    void theTimeOfAnEventHasMilliseconds() {
        EventTime time = new EventTime();
        for (long millis : new long[] {0, 7, 999, 1_000, 1_700_000_000_010L, 1_700_000_000_011L}) {
            assertThat(time.text(millis)).hasSize(24);
            assertThat(Instant.parse(time.text(millis)).toEpochMilli()).isEqualTo(millis);
        }
    }

    @Test
    void aRefusalOfAccessIsARejectionOnlyIfItSurelyAnswersTheFirstAttempt() {
        TopicAuthorizationException denied = new TopicAuthorizationException("orders");

        assertThat(Rejections.afterSend("orders", "id-1", denied, false, true))
                .isInstanceOfSatisfying(
                        Rejected.class,
                        rejected -> assertThat(rejected.reason()).isEqualTo(RejectionReason.UNAUTHORIZED));
        assertThat(Rejections.afterSend("orders", "id-1", denied, false, false)).isInstanceOf(Indeterminate.class);
        assertThat(Rejections.afterSend("orders", "id-1", new RecordTooLargeException(), false, false))
                .as("says the same at every attempt")
                .isInstanceOf(Rejected.class);
    }

    @Test
    void theEndOfADeadlineAndTheHandOverExcludeEachOther() {
        Deadline open = new Deadline(Duration.ofMinutes(1));
        assertThat(open.handOver()).isTrue();
        assertThat(open.expire()).isFalse();

        Deadline expired = new Deadline(Duration.ofMinutes(1));
        assertThat(expired.expire()).isTrue();
        assertThat(expired.handOver()).isFalse();

        assertThat(new Deadline(Duration.ZERO).handOver()).isFalse();
        assertThat(Deadline.NONE.handOver()).isTrue();
        assertThatThrownBy(() -> With.deadline(Duration.ZERO)).isInstanceOf(BusConfigurationException.class);
    }

    @Test
    void aHeaderOfTheBusCantBeSet() {
        assertThatThrownBy(() -> With.key("k").header("ce_id", "x"))
                .isInstanceOf(BusConfigurationException.class)
                .hasMessageContaining("ce_id");
        assertThat(With.key("k").header("tenant", "t1").headers()).containsEntry("tenant", "t1");
    }

    private static @Nullable String key(Object event) {
        return new EventKey((RecordShape) SchemaGenerator.standard().shape(event.getClass())).of(event);
    }

    @Test
    void aRejectionIsTemporaryWhereTheEventItselfIsFine() {
        assertThat(Stream.of(RejectionReason.values()).filter(RejectionReason::temporary))
                .containsExactly(
                        RejectionReason.REGISTRY,
                        RejectionReason.BROKER_UNAVAILABLE,
                        RejectionReason.BUFFER_FULL,
                        RejectionReason.DEADLINE,
                        RejectionReason.BUSY);
    }
}
