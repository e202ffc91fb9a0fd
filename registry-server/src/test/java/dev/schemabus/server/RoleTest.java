package dev.schemabus.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may do what. */
class RoleTest {

    @ParameterizedTest
    @CsvSource({
        "GET, /subjects, read",
        "GET, /schemas/ids/1, read",
        "GET, /config, read",
        "GET, /, read",
        "POST, /subjects/a, read",
        "POST, /compatibility/subjects/a/versions/latest, read",
        "POST, /compatibility/subjects/a/versions, read",
        "POST, /contexts/.c/subjects/a, read",
        "POST, /subjects/a/versions, write",
        "POST, /contexts/.c/subjects/a/versions, write",
        "DELETE, /subjects/a, admin",
        "DELETE, /subjects/a/versions/1, admin",
        "PUT, /config, admin",
        "PUT, /mode/a, admin",
        "DELETE, /config/a, admin",
        "PUT, /subjects/a/versions, admin",
        "POST, /, admin",
        "POST, /subjects, admin",
        "POST, /something/new, admin",
        "PATCH, /subjects/a, admin"
    })
    void aRequestNeedsARole(String verb, String path, String role) {
        assertThat(Role.needed(verb, Route.decoded(path))).hasToString(role);
    }

    @Test
    void eachRoleIncludesThoseBeforeIt() {
        assertThat(Role.ADMIN.includes(Role.WRITE)).isTrue();
        assertThat(Role.WRITE.includes(Role.READ)).isTrue();
        assertThat(Role.WRITE.includes(Role.WRITE)).isTrue();
        assertThat(Role.READ.includes(Role.WRITE)).isFalse();
        assertThat(Role.WRITE.includes(Role.ADMIN)).isFalse();
    }

    @Test
    void anotherNameIsNone() {
        assertThatThrownBy(() -> Role.parse("root")).hasMessage("'root' is no role: use read, write or admin");
    }
}
