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
        "use.schema.guid, 6f8a",
        "use.latest.with.metadata, a=b",
        "key.schema.id.serializer, X",
        "value.schema.id.serializer, X",
        "key.schema.id.deserializer, X",
        "value.schema.id.deserializer, X",
        "context.name.strategy, X",
        "proxy.host, proxy",
        "proxy.port, 3128",
        "bearer.auth.token, abc",
        "rule.executors, encrypt",
        "bearer.auth.credentials.source, STATIC_TOKEN",
        "schema.registry.ssl.truststore.location, trust.p12"
    })
    void aKeyThatIsNotServedIsRefused(String key, String value) {
        assertThatThrownBy(() -> UnservedKeys.refuse(Map.of(key, value)))
                .isInstanceOf(ConfigException.class)
                .hasMessage(key + " is not supported by this version of Schemabus: remove it");
    }

    @ParameterizedTest
    @CsvSource({
        "use.schema.id, -1, 7",
        "normalize.schemas, false, true",
        "json.fail.invalid.schema, false, true",
        "json.fail.unknown.properties, false, true",
        "json.oneof.for.nullables, true, false",
        "json.write.dates.iso8601, true, false",
        "json.schema.spec.version, draft_7, draft_2020_12"
    })
    void unlessItAsksForNothing(String key, String harmless, String harmful) {
        assertThatCode(() -> UnservedKeys.refuse(Map.of(key, harmless))).doesNotThrowAnyException();
        assertThatThrownBy(() -> UnservedKeys.refuse(Map.of(key, harmful)))
                .isInstanceOf(ConfigException.class)
                .hasMessage(
                        key + " is not supported by this version of Schemabus: remove it, or set it to " + harmless);
    }
}
