package dev.schemabus.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.assertj.core.util.Throwables;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegistryConfigTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://ann:s3cret@localhost:8081",
                "http://ann:s3cret@schema_registry:8081",
                "http://ann:s3cret^@localhost:8081",
                "http://ann:s3cret#1@localhost:8081",
                "ann:s3cret@localhost:8081",
                "ftp:ann:s3cret@localhost"
            })
    void credentialsInAUrlAreRefusedAndNotShown(String url) {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> RegistryConnection.open(url))
                .withMessageContaining("@")
                .satisfies(
                        refusal -> assertThat(Throwables.getStackTrace(refusal)).doesNotContain("s3cret"));
    }
}
