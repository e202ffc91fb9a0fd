package dev.schemabus.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.schemabus.codec.MalformedPayloadException;
import dev.schemabus.codec.MismatchedValueException;
import dev.schemabus.codec.UnreadableSchemaException;
import dev.schemabus.registry.NotARegistryException;
import dev.schemabus.registry.RegistryAccessException;
import dev.schemabus.registry.RegistryUnavailableException;
import dev.schemabus.registry.SchemaNotFoundException;
import dev.schemabus.registry.SchemaRefusedException;
import dev.schemabus.schema.SchemaException;
import dev.schemabus.wire.MalformedRecordException;
import java.util.stream.Stream;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class KafkaErrorsTest {

    static Stream<Arguments> ourExceptionBecomesKafkas() {
        return Stream.of(
                arguments(new RegistryUnavailableException(0, "why"), RetriableException.class),
                arguments(new RegistryUnavailableException(50002, "why"), RetriableException.class),
                arguments(new RegistryAccessException(401, "why"), AuthenticationException.class),
                arguments(new RegistryAccessException(40101, "why"), AuthenticationException.class),
                arguments(new RegistryAccessException(403, "why"), AuthorizationException.class),
                arguments(new RegistryAccessException(40301, "why"), AuthorizationException.class),
                arguments(new SchemaNotFoundException(40403, "why"), SerializationException.class),
                arguments(new SchemaRefusedException(40901, "why"), SerializationException.class),
                arguments(new NotARegistryException(404, "why"), KafkaException.class),
                arguments(new MalformedRecordException("why"), SerializationException.class),
                arguments(new MalformedPayloadException("why"), SerializationException.class),
                arguments(new MismatchedValueException("why"), SerializationException.class),
                arguments(new UnreadableSchemaException("why"), SerializationException.class),
                arguments(new UnboundTypeException("why"), SerializationException.class),
                arguments(new SchemaException("why"), SerializationException.class),
                arguments(new IllegalArgumentException("why"), SerializationException.class));
    }

    @ParameterizedTest
    @MethodSource
    void ourExceptionBecomesKafkas(RuntimeException ours, Class<? extends KafkaException> kafkas) {
        assertThat(KafkaErrors.translated(ours))
                .isInstanceOf(kafkas)
                .hasMessage("why")
                .hasCause(ours);
    }

    @Test
    void aBadRecordIsNotWorthARetryAndADeadRegistryIsNoBadRecord() {
        assertThat(RetriableException.class.isAssignableFrom(SerializationException.class))
                .isFalse();
        assertThat(SerializationException.class.isAssignableFrom(RetriableRegistryException.class))
                .isFalse();
    }

    @Test
    void aMistakeOfOursKeepsItsName() {
        IllegalStateException bug = new IllegalStateException("bug");

        assertThat(KafkaErrors.translated(bug)).isSameAs(bug);
    }
}
