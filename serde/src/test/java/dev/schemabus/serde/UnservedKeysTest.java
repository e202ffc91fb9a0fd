package dev.schemabus.serde;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A key that would change bytes or security must not be ignored. */
class UnservedKeysTest {

    @ParameterizedTest
    @CsvSource({
        "proxy.host, proxy",
        "proxy.port, 3128",
        "bearer.auth.token, abc",
        "rule.executors, encrypt",
        "rule.actions, dlq",
        "retries.wait.ms, 100",
        "retries.max.wait.ms, 100",
        "json.default.property.inclusion, NON_NULL",
        "bearer.auth.credentials.source, STATIC_TOKEN",
        "schema.registry.ssl.truststore.location, trust.p12"
    })
    void aKeyThatIsNotServedIsRefused(String key, String value) {
        assertThatThrownBy(() -> UnservedKeys.refuse(Map.of(key, value)))
                .isInstanceOf(ConfigException.class)
                .hasMessage(key + " is not supported by this version of Schemabus: remove it");
    }

    @ParameterizedTest
    @CsvSource({"max.retries, 0, 3", "json.indent.output, false, true", "json.oneof.for.nullables, true, false"})
    void unlessItAsksForNothing(String key, String harmless, String harmful) {
        assertThatCode(() -> UnservedKeys.refuse(Map.of(key, harmless))).doesNotThrowAnyException();
        assertThatThrownBy(() -> UnservedKeys.refuse(Map.of(key, harmful)))
                .isInstanceOf(ConfigException.class)
                .hasMessage(
                        key + " is not supported by this version of Schemabus: remove it, or set it to " + harmless);
    }
}
