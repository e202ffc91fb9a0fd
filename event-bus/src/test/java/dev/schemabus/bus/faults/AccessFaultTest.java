package dev.schemabus.bus.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.schemabus.bus.EventBus;
import dev.schemabus.bus.PublishException;
import dev.schemabus.bus.Subscription;
import dev.schemabus.bus.With;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.NameCallback;
import javax.security.auth.callback.PasswordCallback;
import javax.security.auth.login.AppConfigurationEntry;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.security.auth.AuthenticateCallbackHandler;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The broker takes one right away, while the others stay. */
@Timeout(300)
class AccessFaultTest {

    private static final String ME = "User:app";
    private static final String PASSWORD = "x";

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
                        "PLAIN",
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
