package dev.schemabus.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.schemabus.registry.SubjectNaming;
import dev.schemabus.schema.EventType;
import dev.schemabus.schema.SchemaFormat;
import java.lang.reflect.Field;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BusConfigTest {

    private static final EventType PLACED = EventType.of(ShopEvent.OrderPlaced.class);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "entity-stream | | shop.order.events",
                "domain-entity-event | | shop.order.placed",
                "record-name | | dev.schemabus.bus.ShopEvent.OrderPlaced",
                "versioned | schemabus.topic.naming.version=2 | shop.order.events.v2",
                "versioned,domain-entity-event | | shop.order.placed.v1",
                "visibility | schemabus.topic.naming.visibility=public | public.shop.placed.v1",
                "environment | schemabus.topic.naming.environment=prod | prod.shop.order.events",
                "tenant,domain-entity-event | schemabus.topic.naming.tenant=acme | acme.shop.order.placed",
                "dev.schemabus.bus.BusConfigTest$Shouting | | ORDERPLACED",
            })
    void eachNamingCanBeConfigured(String naming, @Nullable String parameter, String topic) {
        assertThat(TopicNames.of(PLACED, config(with(naming, parameter)).naming()))
                .isEqualTo(topic);
    }

    @Test
    void wrappersCanBeNested() {
        Map<String, Object> properties = with("environment, tenant, versioned", "schemabus.topic.naming.tenant=acme");
        properties.put(BusKeys.TOPIC_NAMING_ENVIRONMENT, "prod");

        assertThat(TopicNames.of(PLACED, config(properties).naming())).isEqualTo("prod.acme.shop.order.events.v1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "entity-streams | | neither a class nor one of entity-stream",
                "java.lang.String | | doesn't implement TopicNaming",
                "environment | | needs schemabus.topic.naming.environment",
                "entity-stream | schemabus.topic.naming.tenant=acme | schemabus.topic.naming.tenant is without effect",
                "entity-stream | schemabus.topic.naming.version=2 | has no versioned or visibility",
                "entity-stream,versioned | | nothing can stand behind entity-stream",
                "tenant | schemabus.topic.naming.tenant=Acme! | no segment of a topic name",
                "visibility | schemabus.topic.naming.visibility=secret | schemabus.topic.naming.visibility",
            })
    void aNamingThatCantBeIsNamedWithItsKey(String naming, @Nullable String parameter, String message) {
        assertThatThrownBy(() -> config(with(naming, parameter)).naming())
                .isInstanceOf(BusConfigurationException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "schemabus.bus.concurency | did you mean schemabus.bus.concurrency?",
                "schemabus.topic.nameing | did you mean schemabus.topic.naming?",
                "schemabus.bus.wholly.else.than.anything | docs/configuration.md lists",
                "schemabus.registry.deadline | did you mean schemabus.registry.deadline.ms?",
                "schemabus.bus.group.billing.concurency | is no setting of a group",
                "schemabus.bus.group.concurrency | names no group",
                "auto.register.schemas | without effect on a bus",
            })
    void aKeyThatNobodyReadsIsNamed(String key, String message) {
        assertThatThrownBy(() -> config(Map.of(key, "1")))
                .isInstanceOf(BusConfigurationException.class)
                .hasMessageContaining(key)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource({
        "schemabus.bus.concurrency, 0",
        "schemabus.bus.concurrency, many",
        "schemabus.bus.ordering, BY_NAME",
        "schemabus.bus.topics.missing, IGNORE",
        "schemabus.bus.topics.partitions, 0",
        "schemabus.bus.group.billing.concurrency, 0",
        "http.read.timeout.ms, soon",
    })
    void aWrongValueIsNamedWithItsKey(String key, String value) {
        assertThatThrownBy(() -> config(Map.of(key, value)))
                .isInstanceOf(BusConfigurationException.class)
                .hasMessageContaining(key.replace("group.billing.", ""));
    }

    @Test
    void whatIsNotOursGoesToKafkaAndTheRegistrysKeysToItsClient() {
        BusConfig config = config(Map.of(
                "bootstrap.servers", "localhost:9092",
                "linger.ms", "5",
                "schema.registry.url", "http://localhost:8081",
                "http.read.timeout.ms", "1234",
                "schemabus.format", "json",
                "schemabus.bus.source", "urn:shop"));

        assertThat(config.kafka()).containsOnlyKeys("bootstrap.servers", "linger.ms");
        assertThat(config.registry()).hasValueSatisfying(registry -> {
            assertThat(registry.urls()).hasSize(1);
            assertThat(registry.toString()).contains("localhost:8081");
        });
        assertThat(config.format()).isEqualTo(SchemaFormat.JSON);
        assertThat(config.source()).contains("urn:shop");
        assertThat(config.subjects()).isSameAs(SubjectNaming.TOPIC_RECORD);
        assertThat(config(Map.of("value.subject.name.strategy", "RecordNameStrategy"))
                        .subjects())
                .isSameAs(SubjectNaming.RECORD);
    }

    @Test
    void aSubscriptionStartsFromWhatIsSetForAllAndAGroupsOwnWins() {
        BusConfig config = config(Map.of(
                "schemabus.bus.concurrency", "8",
                "schemabus.bus.ordering", "by_partition",
                "schemabus.bus.retry.attempts", "5",
                "schemabus.bus.group.eu.billing.concurrency", "64",
                "schemabus.bus.group.eu.billing.dead.letters", "STOP"));
        SubscriptionSettings.Builder settings = SubscriptionSettings.builder();

        config.applyTo(settings);
        settings.group = "eu.billing";
        settings.maxRecords = 7; // said in code
        assertThat(settings.build().concurrency()).isEqualTo(8);
        assertThat(settings.build().ordering()).isEqualTo(Ordering.BY_PARTITION);
        config.applyTo(settings, "shipping");
        assertThat(settings.build().concurrency()).isEqualTo(8);
        config.applyTo(settings, "eu.billing");

        assertThat(settings.build().concurrency()).isEqualTo(64);
        assertThat(settings.build().deadLetters()).isEqualTo(DeadLetterPolicy.STOP);
        assertThat(settings.build().maxRecords()).isEqualTo(7);
    }

    @Test
    void aKeyOfTheRetryChangesItsNumberAndNothingElse() {
        BusConfig config = config(Map.of("schemabus.bus.group.billing.retry.attempts", "7"));
        SubscriptionSettings.Builder settings = SubscriptionSettings.builder();
        settings.group = "billing";
        settings.retry = RetryPolicy.inPlace(2, Duration.ofSeconds(4)).doNotRetryOn(IllegalStateException.class);

        config.applyTo(settings, "billing");

        assertThat(settings.retry)
                .isEqualTo(RetryPolicy.inPlace(7, Duration.ofSeconds(4)).doNotRetryOn(IllegalStateException.class));
    }

    @Test
    void aKeyOfTheRetryNeverTakesTheRetryTopicsAway() {
        BusConfig config = config(Map.of("schemabus.bus.group.billing.retry.backoff.ms", "7"));
        for (RetryPolicy policy :
                List.of(RetryPolicy.topics(Duration.ZERO), RetryPolicy.keepKeyOrder(Duration.ZERO, 3))) {
            SubscriptionSettings.Builder settings = SubscriptionSettings.builder();
            settings.group = "billing";
            settings.retry = policy;

            assertThatThrownBy(() -> config.applyTo(settings, "billing"))
                    .isInstanceOf(BusConfigurationException.class)
                    .hasMessageContaining("group billing")
                    .hasMessageContaining("retry.backoff.ms");
        }
    }

    @Test
    void retryTopicsAndKeyOrderCanBeHadByKeys() {
        Map<String, String> topics = Map.of(
                "schemabus.bus.retry.kind", "topics",
                "schemabus.bus.retry.delays.ms", "10000, 300000",
                "schemabus.bus.retry.accept.reordering", "true");
        assertThat(retry(topics, null))
                .isEqualTo(RetryPolicy.topics(Duration.ofSeconds(10), Duration.ofMinutes(5))
                        .acceptReordering());
        Map<String, String> ordered = Map.of(
                "schemabus.bus.retry.kind", "KEEP_KEY_ORDER",
                "schemabus.bus.retry.delays.ms", "30000",
                "schemabus.bus.retry.attempts", "10");
        assertThat(retry(ordered, null)).isEqualTo(RetryPolicy.keepKeyOrder(Duration.ofSeconds(30), 10));
    }

    @Test
    void aGroupsKeysChangeWhatIsSetForAll() {
        Map<String, String> properties = new HashMap<>(Map.of(
                "schemabus.bus.retry.kind", "KEEP_KEY_ORDER",
                "schemabus.bus.retry.delays.ms", "30000",
                "schemabus.bus.group.billing.retry.attempts", "7",
                "schemabus.bus.group.billing.circuit.breaker.failures", "20",
                "schemabus.bus.circuit.breaker.pause.ms", "5000",
                "schemabus.bus.group.billing.handler.timeout.ms", "60000"));
        assertThat(retry(properties, null)).isEqualTo(RetryPolicy.keepKeyOrder(Duration.ofSeconds(30), 7));
        SubscriptionSettings settings = settings(properties, null).build();
        assertThat(settings.circuitFailures()).isEqualTo(20);
        assertThat(settings.circuitPause()).isEqualTo(Duration.ofSeconds(5));
        assertThat(settings.handlerTimeout()).isEqualTo(Duration.ofMinutes(1));

        properties.put("schemabus.bus.group.billing.retry.kind", "IN_PLACE");
        assertThat(retry(properties, null)).isEqualTo(RetryPolicy.DEFAULT.withAttempts(7));
    }

    @Test
    void keysGiveThePolicyThatTheCodeNamesOtherNumbers() {
        RetryPolicy code =
                RetryPolicy.topics(Duration.ZERO).acceptReordering().doNotRetryOn(IllegalStateException.class);

        assertThat(retry(
                        Map.of(
                                "schemabus.bus.group.billing.retry.kind", "TOPICS",
                                "schemabus.bus.group.billing.retry.delays.ms", "1,2"),
                        code))
                .isEqualTo(RetryPolicy.topics(Duration.ofMillis(1), Duration.ofMillis(2))
                        .acceptReordering()
                        .doNotRetryOn(IllegalStateException.class));
        assertThat(retry(
                        Map.of("schemabus.bus.group.billing.retry.attempts", "9"),
                        RetryPolicy.keepKeyOrder(Duration.ofSeconds(3), 2)))
                .isEqualTo(RetryPolicy.keepKeyOrder(Duration.ofSeconds(3), 9));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "kind=TOPICS | retry.kind=TOPICS has no delays: add schemabus.bus.retry.delays.ms",
                "kind=TOPICS;delays.ms=soon | is no number: give milliseconds",
                "kind=TOPICS;delays.ms=-1 | not negative",
                "kind=TOPICS;delays.ms=1;attempts=3 | [schemabus.bus.retry.attempts] mean nothing",
                "kind=KEEP_KEY_ORDER;delays.ms=1,2 | has several delays",
                "kind=KEEP_KEY_ORDER;delays.ms=1;backoff.ms=3 | [schemabus.bus.retry.backoff.ms] mean nothing",
                "delays.ms=1 | or set schemabus.bus.retry.kind",
                "accept.reordering=true | or set schemabus.bus.retry.kind",
                "kind=SOMEWHERE | schemabus.bus.retry.kind",
            })
    void keysOfTheRetryThatContradictEachOtherAreNamed(String keys, String message) {
        Map<String, String> properties = new HashMap<>();
        for (String key : keys.split(";", -1)) {
            properties.put("schemabus.bus.retry." + key.split("=", 2)[0], key.split("=", 2)[1]);
        }
        assertThatThrownBy(() -> config(properties))
                .isInstanceOf(BusConfigurationException.class)
                .hasMessageContaining(message);
    }

    @Test
    void aKeyNeverMakesAnotherKindOfTheRetryThatTheCodeNames() {
        Map<String, String> properties = Map.of(
                "schemabus.bus.group.billing.retry.kind", "TOPICS",
                "schemabus.bus.group.billing.retry.delays.ms", "1");

        for (RetryPolicy code : List.of(RetryPolicy.none(), RetryPolicy.keepKeyOrder(Duration.ZERO, 3))) {
            assertThatThrownBy(() -> retry(properties, code))
                    .isInstanceOf(BusConfigurationException.class)
                    .hasMessageContaining(
                            "In the settings of group billing, schemabus.bus.retry.kind=TOPICS contradicts");
        }
    }

    @Test
    void keysOfAGroupAreJudgedAgainstThePolicyThatItsCodeNames() {
        assertThat(retry(
                        Map.of("schemabus.bus.group.billing.retry.delays.ms", "1000,2000"),
                        RetryPolicy.topics(Duration.ZERO).acceptReordering()))
                .isEqualTo(RetryPolicy.topics(Duration.ofSeconds(1), Duration.ofSeconds(2))
                        .acceptReordering());
        assertThat(retry(
                        Map.of(
                                "schemabus.bus.retry.kind", "KEEP_KEY_ORDER",
                                "schemabus.bus.retry.delays.ms", "30000",
                                "schemabus.bus.group.billing.retry.backoff.ms", "7"),
                        RetryPolicy.inPlace(2, Duration.ofMillis(1))))
                .isEqualTo(RetryPolicy.inPlace(2, Duration.ofMillis(7)));
        assertThatThrownBy(() -> config(Map.of("schemabus.bus.group.billing.retry.delays.ms", "soon")))
                .as("known to be wrong before the code says anything")
                .isInstanceOf(BusConfigurationException.class)
                .hasMessageContaining("is no number");
    }

    @ParameterizedTest
    @CsvSource({
        "schemabus.bus.retry.kind, IN_PLACE",
        "schemabus.bus.retry.attempts, 5",
        "schemabus.bus.group.billing.retry.kind, IN_PLACE"
    })
    void whatIsSetForAllIsNotMeantForSubscriptionsThatTryOnce(String key, String value) {
        SubscriptionSettings.Builder settings = SubscriptionSettings.builder();
        BusConfig config = config(Map.of(key, value));
        config.applyTo(settings);
        settings.group = "billing";
        settings.delivery = DeliveryMode.AT_MOST_ONCE;
        config.applyTo(settings, "billing");

        assertThat(settings.build().retry().attempts()).isEqualTo(1);
    }

    @Test
    void aSubscriptionThatTriesOnceRefusesAttemptsThatAreMeantForIt() {
        SubscriptionSettings.Builder settings = SubscriptionSettings.builder();
        settings.group = "billing";
        settings.delivery = DeliveryMode.AT_MOST_ONCE;
        config(Map.of("schemabus.bus.group.billing.retry.attempts", "5")).applyTo(settings, "billing");

        assertThatThrownBy(settings::build)
                .isInstanceOf(BusConfigurationException.class)
                .hasMessageContaining("retry(5 attempts)");
    }

    @Test
    void aHandlersTimeOfMoreThanADayIsAnError() {
        assertThatThrownBy(() -> config(Map.of("schemabus.bus.handler.timeout.ms", Long.toString(Long.MAX_VALUE))))
                .isInstanceOf(BusConfigurationException.class)
                .hasMessageContaining("handler.timeout.ms");
        SubscriptionSettings.Builder settings = SubscriptionSettings.builder();
        settings.group = "billing";
        settings.handlerTimeout = Duration.ofDays(1);
        assertThat(settings.build().handlerTimeout()).isEqualTo(Duration.ofDays(1));
        settings.handlerTimeout = Duration.ofMillis(Long.MAX_VALUE);
        assertThatThrownBy(settings::build)
                .isInstanceOf(BusConfigurationException.class)
                .hasMessageContaining("at most a day");
    }

    @Test
    void everyDefaultOfASubscriptionIsThatOfItsBuilder() {
        Map<String, Object> all = new HashMap<>();
        for (ConfigDef.ConfigKey key : BusConfig.keys()) {
            if (key.group.equals(BusDefinition.SUBSCRIPTIONS)) {
                all.put(key.name, key.defaultValue);
            }
        }
        SubscriptionSettings.Builder plain = SubscriptionSettings.builder();
        SubscriptionSettings.Builder configured = SubscriptionSettings.builder();
        plain.group = "billing";
        configured.group = "billing";
        config(all).applyTo(configured);

        // What it retries depends on the delivery mode, unless it is said.
        assertThat(configured)
                .usingRecursiveComparison()
                .ignoringFields("retry", "retryForAll")
                .isEqualTo(plain);
        assertThat(configured.build().retry())
                .usingRecursiveComparison()
                .isEqualTo(plain.build().retry());
        assertThat(plain.unknownSchemaBudget).isEqualTo(Duration.ofMinutes(2));
    }

    @Test
    void everyNameIsThatOfAKey() throws IllegalAccessException {
        List<String> names = new ArrayList<>();
        for (Field field : BusKeys.class.getFields()) {
            names.add((String) field.get(null));
        }
        names.remove(BusKeys.GROUP_PREFIX);

        assertThat(BusConfig.keys()).extracting(key -> key.name).containsExactlyInAnyOrderElementsOf(names);
    }

    @Test
    void aBusIsBuiltFromProperties() {
        Map<String, Object> properties = Map.of(
                "bootstrap.servers", "localhost:9092",
                "schema.registry.url", "memory:from-properties",
                "schemabus.bus.topics.missing", "create",
                "schemabus.bus.topics.partitions", "3",
                "schemabus.topic.naming", "record-name");

        assertThatCode(() -> EventBusBuilder.fromProperties(properties).build().close())
                .doesNotThrowAnyException();
        try (EventBus bus = EventBusBuilder.fromProperties(properties)
                .topics(TopicNamings.entityStream())
                .build()) {
            assertThat(TopicNames.of(PLACED, bus.naming())).isEqualTo("shop.order.events");
            assertThat(bus.catalog().creates()).isTrue();
        }
        assertThatThrownBy(() -> EventBusBuilder.fromProperties(Map.of("bootstrap.servers", "localhost:9092"))
                        .build())
                .isInstanceOf(BusConfigurationException.class)
                .hasMessageContaining("schema registry is missing");
    }

    /** A naming of the user's. */
    static final class Shouting implements TopicNaming {
        @Override
        public String topic(EventType type) {
            return type.javaType().getSimpleName().toUpperCase(Locale.ROOT);
        }
    }

    private static RetryPolicy retry(Map<String, ?> properties, @Nullable RetryPolicy code) {
        return settings(properties, code).build().retry();
    }

    /** As a subscription reads them. */
    private static SubscriptionSettings.Builder settings(Map<String, ?> properties, @Nullable RetryPolicy code) {
        BusConfig config = config(properties);
        SubscriptionSettings.Builder settings = SubscriptionSettings.builder();
        config.applyTo(settings);
        settings.group = "billing";
        if (code != null) {
            settings.retry = code;
            settings.retryInCode = true;
        }
        config.applyTo(settings, "billing");
        return settings;
    }

    private static BusConfig config(Map<String, ?> properties) {
        return new BusConfig(properties);
    }

    private static Map<String, Object> with(String naming, @Nullable String parameter) {
        Map<String, Object> properties = new HashMap<>();
        properties.put(BusKeys.TOPIC_NAMING, naming);
        if (parameter != null) {
            properties.put(parameter.split("=", 2)[0].strip(), parameter.split("=", 2)[1].strip());
        }
        return properties;
    }
}
