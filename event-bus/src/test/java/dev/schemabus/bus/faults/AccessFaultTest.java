package dev.schemabus.bus.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.schemabus.bus.DeliveryMode;
import dev.schemabus.bus.EventBus;
import dev.schemabus.bus.PublishException;
import dev.schemabus.bus.PublishOutcome.RejectionReason;
import dev.schemabus.bus.PublishRejectedException;
import dev.schemabus.bus.Subscription;
import dev.schemabus.bus.SubscriptionBuilder;
import dev.schemabus.bus.TransactionAbortedException;
import dev.schemabus.bus.With;
import dev.schemabus.bus.faults.History.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.NameCallback;
import javax.security.auth.callback.PasswordCallback;
import javax.security.auth.login.AppConfigurationEntry;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.security.auth.AuthenticateCallbackHandler;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The broker takes one right away, while the others stay. */
@Timeout(300)
class AccessFaultTest {

    private static final String ME = "User:app";
    private static final String PASSWORD = "x";

    /** The password is one that the cluster itself keeps, and that can be changed. */
    private static final Map<String, Object> SCRAM = Map.of(
            "sasl.mechanism",
            "SCRAM-SHA-256",
            "sasl.jaas.config",
            "org.apache.kafka.common.security.scram.ScramLoginModule required username=app password=x;");

    private static Brokers brokers;

    private final Scene scene;
    private final History history = new History();
    private final List<AclBinding> given = new ArrayList<>();

    AccessFaultTest() {
        scene = Scene.of(brokers.clientProperties())
                .with(Map.of(
                        "security.protocol",
                        "SASL_PLAINTEXT",
                        "sasl.mechanism",
                        "PLAIN",
                        "sasl.jaas.config",
                        "org.apache.kafka.common.security.plain.PlainLoginModule required username=app password=x;",
                        "sasl.client.callback.handler.class",
                        Passwords.class.getName()));
        brokers.createTopic(scene.topic(), 1);
        brokers.createTopic(scene.deadLetters(), 1);
    }

    @BeforeAll
    static void start() throws InterruptedException {
        brokers = Brokers.start(
                1,
                Map.of(
                        "authorizer.class.name",
                        "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
                        "super.users",
                        "User:ANONYMOUS",
                        "allow.everyone.if.no.acl.found",
                        "true",
                        "listener.security.protocol.map",
                        "CLIENTS:SASL_PLAINTEXT,INTERNAL:PLAINTEXT,CONTROLLER:PLAINTEXT",
                        "listener.name.clients.sasl.enabled.mechanisms",
                        "PLAIN,SCRAM-SHA-256",
                        "listener.name.clients.scram-sha-256.sasl.jaas.config",
                        "org.apache.kafka.common.security.scram.ScramLoginModule required;",
                        "listener.name.clients.plain.sasl.jaas.config",
                        "org.apache.kafka.common.security.plain.PlainLoginModule required user_app=x;"));
    }

    @AfterAll
    static void stop() {
        brokers.close();
    }

    @AfterEach
    void giveBack() throws Exception {
        Passwords.current = PASSWORD;
        Admin admin = brokers.admin();
        admin.deleteAcls(given.stream().map(AclBinding::toFilter).toList())
                .all()
                .get();
        given.clear();
    }

    @Test
    void withoutTheRightToWriteAnEventIsNotPublishedAndTheErrorNamesTheTopic() throws Exception {
        try (EventBus bus = scene.bus()) {
            publish(bus, 0);
            deny(ResourceType.TOPIC, scene.topic(), AclOperation.WRITE);

            Awaitility.await()
                    .ignoreExceptions()
                    .untilAsserted(() -> assertThatThrownBy(() -> publish(bus, 1))
                            .isInstanceOf(PublishException.class)
                            .hasMessageContaining(scene.topic())
                            .hasCauseInstanceOf(AuthorizationException.class));
        }
    }

    @Test
    void withoutTheRightToReadNothingIsSkippedAndTheReasonIsTold() throws Exception {
        try (EventBus bus = scene.bus();
                Member member = Member.join(scene, "m", history, (event, attempt) -> {})) {
            publish(bus, 0);
            Awaitility.await().until(() -> history.deliveryCount() == 1);
            deny(ResourceType.TOPIC, scene.topic(), AclOperation.READ);
            publish(bus, 1);

            Awaitility.await().until(() -> member.subscription().state() == Subscription.State.FAILED);
            assertThat(member.subscription().failure().orElseThrow())
                    .isInstanceOf(AuthorizationException.class)
                    .hasMessageContaining(scene.topic());
        }
        giveBack();
        try (Member next = Member.join(scene, "next", history, (event, attempt) -> {})) {
            Awaitility.await().until(() -> history.distinctDeliveries() == 2);
            assertThat(next.subscription().failure()).isEmpty();
        }
        assertThat(HistoryCheck.ofDelivery(scene.readInto(history))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void withoutTheRightToTheGroupNothingIsSkippedAndTheReasonNamesIt(DeliveryMode mode) throws Exception {
        UnaryOperator<SubscriptionBuilder<Numbered>> delivery = settings -> settings.delivery(mode);
        try (EventBus bus = scene.bus();
                Member member = Member.join(scene, "m", history::add, (event, attempt) -> {}, delivery)) {
            publish(bus, 0);
            Awaitility.await().until(() -> history.deliveryCount() == 1);
            deny(ResourceType.GROUP, scene.group(), AclOperation.READ);
            publish(bus, 1);

            // Its heartbeats are refused too, which Kafka's client takes for a network that is slow.
            Awaitility.await().until(() -> member.subscription().state() == Subscription.State.FAILED);
            assertThat(member.subscription().failure().orElseThrow())
                    .hasMessageContaining(scene.group())
                    .satisfiesAnyOf(
                            error -> assertThat(error).isInstanceOf(AuthorizationException.class),
                            error -> assertThat(error).hasCauseInstanceOf(AuthorizationException.class));
        }
        giveBack();
        try (Member next = Member.join(scene, "next", history::add, (event, attempt) -> {}, delivery)) {
            Awaitility.await().until(() -> history.distinctDeliveries() == 2);
            assertThat(next.subscription().failure()).isEmpty();
        }
        assertThat(HistoryCheck.ofDelivery(scene.readInto(history))).isEmpty();
    }

    @Test
    void withoutTheRightToItsTransactionalIdATransactionIsAbortedAndTheErrorSaysSo() throws Exception {
        String id = scene.group() + "-tx";
        try (EventBus bus = scene.bus(settings -> settings.transactions(id, 1))) {
            deny(ResourceType.TRANSACTIONAL_ID, id + "-0", AclOperation.WRITE);

            assertThatThrownBy(() -> bus.inTransaction(transaction -> transaction.publish(new Numbered("k", 0, ""))))
                    .isInstanceOfSatisfying(
                            TransactionAbortedException.class,
                            error -> assertThat(error.reason()).isEqualTo(RejectionReason.UNAUTHORIZED))
                    .hasMessageContaining("ransactional");
            giveBack();
            Awaitility.await()
                    .ignoreExceptions()
                    .untilAsserted(() -> assertThat(bus.inTransaction(transaction -> transaction.publish(
                                    new Numbered("k", 0, ""), With.NOTHING.header(Scene.NUMBER, "0"))))
                            .hasSize(1));
        }
    }

    @Test
    void withoutTheRightToWriteDeadLettersTheRecordWaits() throws Exception {
        try (EventBus bus = scene.bus();
                Member member = Member.join(scene, "m", history, (event, attempt) -> {
                    throw new IllegalStateException("always");
                })) {
            deny(ResourceType.TOPIC, scene.deadLetters(), AclOperation.WRITE);
            publish(bus, 0);
            Awaitility.await().until(() -> member.subscription().counts().failedAttempts() == 3);
            Awaitility.await()
                    .during(Duration.ofSeconds(1))
                    .until(() -> member.subscription().counts().deadLettered() == 0
                            && member.subscription().state() == Subscription.State.RUNNING);
            giveBack();
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> member.subscription().counts().deadLettered() == 1);
            assertThat(member.subscription().counts().failedAttempts()).isEqualTo(3);
        }
    }

    @Test
    void whileThePasswordIsRefusedTheSubscriptionWaitsAndGoesOnWhenItIsTakenAgain() throws Exception {
        try (EventBus bus = scene.bus();
                Member member = Member.join(scene, "m", history, (event, attempt) -> {})) {
            publish(bus, 0);
            Awaitility.await().until(() -> history.deliveryCount() == 1);
            // Who is connected stays so: only the restart makes everybody log in again.
            Passwords.current = "not this one";
            brokers.kill(0);
            brokers.restart(0);

            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> member.subscription().health().degraded());
            assertThat(member.subscription().health().reasons()).anyMatch(reason -> reason.contains("log in"));
            assertThat(member.subscription().state()).isEqualTo(Subscription.State.RUNNING);
            Passwords.current = PASSWORD;

            Awaitility.await().ignoreExceptions().atMost(Duration.ofSeconds(60)).untilAsserted(() -> publish(bus, 1));
            Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> history.distinctDeliveries() == 2);
            assertThat(member.subscription().failure()).isEmpty();
        }
    }

    @Test
    void whileAChangedPasswordHasNotReachedItsUsersNothingIsSkippedAndThenAllGoesOn() throws Exception {
        Scene rotating = scene.with(SCRAM);
        setPassword(PASSWORD);
        long refused;
        try (EventBus bus = rotating.bus();
                Member member = Member.join(rotating, "m", history, (event, attempt) -> {});
                Load load = Load.start(history, Load.through(bus), 10, 200)) {
            load.awaitAcked(200);
            Awaitility.await().until(() -> history.deliveryCount() > 0);
            setPassword("another");
            refused = System.nanoTime();
            // Who is logged in stays so until its connection ends; and no login comes to its end that is cut too.
            Awaitility.await()
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofSeconds(3))
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> {
                        boolean degraded = member.subscription().health().degraded();
                        if (!degraded) {
                            brokers.proxy(0).cut();
                        }
                        return degraded;
                    });
            assertThat(member.subscription().health().reasons()).anyMatch(reason -> reason.contains("log in"));
            assertThat(member.subscription().state()).isEqualTo(Subscription.State.RUNNING);
            try (EventBus late = rotating.bus()) {
                assertThatThrownBy(() -> publish(late, 0))
                        .isInstanceOfSatisfying(
                                PublishRejectedException.class,
                                error -> assertThat(error.reason()).isEqualTo(RejectionReason.UNAUTHORIZED))
                        .hasCauseInstanceOf(SaslAuthenticationException.class);
            }
            Passwords.current = "another";
            long known = System.nanoTime();

            load.awaitAcked(200);
            load.stop();
            Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> history.distinctDeliveries() == load.acked());
            Figures.print(
                    "rotation",
                    "refused for ms",
                    TimeUnit.NANOSECONDS.toMillis(known - refused),
                    "acked",
                    load.acked(),
                    "rejected",
                    history.publications(Outcome.REJECTED).size(),
                    "indeterminate",
                    history.publications(Outcome.INDETERMINATE).size());
            assertThat(member.subscription().failure()).isEmpty();
        }
        assertThat(HistoryCheck.ofPublishing(rotating.readInto(history))).isEmpty();
        assertThat(HistoryCheck.ofDelivery(history)).isEmpty();
        assertThat(history.publications(Outcome.INDETERMINATE)).isEmpty();
    }

    /** The control: a loop around Kafka's own consumer ends there, for polling throws. */
    @Test
    void aLoopThatPollsEndsWhenItsPasswordIsChanged() throws Exception {
        setPassword(PASSWORD);
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                scene.with(SCRAM).kafka(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(List.of(new TopicPartition(scene.topic(), 0)));
            consumer.seekToBeginning(consumer.assignment());
            consumer.poll(Duration.ofMillis(500));
            setPassword("another");

            assertThatThrownBy(() -> {
                        while (true) {
                            brokers.proxy(0).cut();
                            consumer.poll(Duration.ofMillis(500));
                        }
                    })
                    .isInstanceOf(SaslAuthenticationException.class);
        }
    }

    private static void setPassword(String password) throws Exception {
        brokers.admin()
                .alterUserScramCredentials(List.of(new UserScramCredentialUpsertion(
                        "app", new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_256, 4096), password)))
                .all()
                .get();
    }

    /** Gives clients their password, as something that rotates it does. */
    public static final class Passwords implements AuthenticateCallbackHandler {
        static volatile String current = PASSWORD;

        @Override
        public void configure(Map<String, ?> configs, String mechanism, List<AppConfigurationEntry> entries) {}

        @Override
        public void handle(Callback[] callbacks) {
            for (Callback callback : callbacks) {
                if (callback instanceof NameCallback name) {
                    name.setName("app");
                } else if (callback instanceof PasswordCallback password) {
                    password.setPassword(current.toCharArray());
                }
            }
        }

        @Override
        public void close() {}
    }

    /** One right less: without the second rule, the first would leave none to those whom no rule names. */
    private void deny(ResourceType type, String name, AclOperation operation) throws Exception {
        ResourcePattern resource = new ResourcePattern(type, name, PatternType.LITERAL);
        List<AclBinding> rules = List.of(
                new AclBinding(resource, new AccessControlEntry(ME, "*", operation, AclPermissionType.DENY)),
                new AclBinding(resource, new AccessControlEntry(ME, "*", AclOperation.ALL, AclPermissionType.ALLOW)));
        given.addAll(rules);
        brokers.admin().createAcls(rules).all().get();
    }

    private void publish(EventBus bus, long number) {
        bus.publish(new Numbered("k", number, ""), With.NOTHING.header(Scene.NUMBER, Long.toString(number)));
    }
}
