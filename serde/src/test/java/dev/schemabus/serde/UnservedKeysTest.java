package dev.schemabus.serde;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A key that would change bytes or security must not be ignored. */
class UnservedKeysTest {

    @ParameterizedTest
    @CsvSource({
        "bearer.auth.something.new, abc",
        "rule.executors, encrypt",
        "rule.actions, dlq",
        "rule.executors.encrypt.class, com.acme.Encrypt",
        "rule.executors._default_.param.secret.access.key, abc",
        "rule.actions.dlq.param.topic, dead",
        "json.default.property.inclusion, NON_NULL",
        "schema.registry.ssl.engine.factory.class, com.acme.Engines",
        "schema.registry.ssl.provider, Acme"
    })
    void aKeyThatIsNotServedIsRefused(String key, String value) {
        assertThatThrownBy(() -> UnservedKeys.refuse(Map.of(key, value)))
                .isInstanceOf(ConfigException.class)
                .hasMessage(key + " is not supported by this version of Schemabus: remove it");
    }

    @ParameterizedTest
    @CsvSource({
        "bearer.auth.scope.claim.name, scope, roles",
        "bearer.auth.sub.claim.name, sub, name",
        "json.indent.output, false, true",
        "json.oneof.for.nullables, true, false",
        "rule.service.loader.enable, false, true",
        "avro.remove.java.properties, false, true",
        "avro.use.logical.type.converters, false, true",
        "avro.reflection.allow.null, false, true",
        "schema.reflection, false, true",
        "schema.validate.fields, false, true",
        "propagate.schema.tags, false, true"
    })
    void unlessItAsksForNothing(String key, String harmless, String harmful) {
        assertThatCode(() -> UnservedKeys.refuse(Map.of(key, harmless))).doesNotThrowAnyException();
        assertThatThrownBy(() -> UnservedKeys.refuse(Map.of(key, harmful)))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith(
                        key + " is not supported by this version of Schemabus: remove it, or set it to " + harmless);
    }

    @Test
    void aServedKeyThatBeginsAsTheyDoIsNot() {
        for (String key : List.of("bearer.auth.token", "schema.registry.ssl.truststore.location", "proxy.host")) {
            assertThatCode(() -> UnservedKeys.refuse(Map.of(key, "any"))).doesNotThrowAnyException();
        }
    }

    @Test
    void whatCanBeDoneInsteadIsSaid() {
        assertThatThrownBy(() -> UnservedKeys.refuse(Map.of("avro.use.logical.type.converters", true)))
                .hasMessageEndingWith("convert its values by Avro's Conversions, or write a record");
        assertThatThrownBy(() -> UnservedKeys.refuse(Map.of("schema.registry.basic.auth.user.info", "ann:s3cret")))
                .hasMessage("schema.registry.basic.auth.user.info is not supported by this version of Schemabus: remove"
                        + " it and set basic.auth.user.info");
    }
}
