package dev.schemabus.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.schemabus.schema.EventSchema;
import dev.schemabus.schema.SchemaFormat;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Answers that say something, but not what was asked for: none of them may pass. */
@Timeout(60)
class RegistryAnswersTest {

    private static final Subject SUBJECT = new Subject("orders-value");
    private static final SubjectVersion FIRST = new SubjectVersion(SUBJECT, 1);
    private static final SchemaId ID = new SchemaId(7);
    private static final SchemaGuid GUID = new SchemaGuid(new UUID(0, 7));
    private static final EventSchema SCHEMA = EventSchema.of(SchemaFormat.AVRO, "\"string\"");
    private static final SchemaContent CONTENT = SchemaContent.of(SCHEMA);

    private static RegistryConnection open(ScriptedServer server) {
        Duration patience = Duration.ofSeconds(20);
        return RegistryConnection.open(RegistryConfig.of(server.url()).withTimeouts(patience, patience, patience));
    }

    /** Every verb that reads an answer's content. */
    static Stream<Arguments> verbs() {
        return Stream.of(
                verb("subjects", RegistryConnection::subjects),
                verb("versions", registry -> registry.versions(SUBJECT)),
                verb("version", registry -> registry.version(SUBJECT, 1)),
                verb("stored", registry -> registry.stored(FIRST)),
                verb("schemas", registry -> registry.schemas(SchemaQuery.all()).forEach(schema -> {})),
                verb("find", registry -> registry.find(SUBJECT, CONTENT, DeletedVersions.EXCLUDED)),
                verb("lookup", registry -> registry.lookup(SUBJECT, SCHEMA)),
                verb("register", registry -> registry.register(SUBJECT, SCHEMA)),
                verb("register content", registry -> registry.register(SUBJECT, CONTENT)),
                verb("import", registry -> registry.importVersion(new StoredVersion(SUBJECT, 1, ID, CONTENT))),
                verb("delete", registry -> registry.delete(SUBJECT)),
                verb("delete version", registry -> registry.delete(FIRST)),
                verb("by id", registry -> registry.byId(ID)),
                verb("by GUID", registry -> registry.byGuid(GUID)),
                verb("versions of id", registry -> registry.versions(ID, "", DeletedVersions.EXCLUDED)),
                verb("ids of GUID", registry -> registry.ids(GUID)),
                verb("highest id", registry -> registry.highestId(ID)),
                verb("referenced by", registry -> registry.referencedBy(FIRST)),
                verb("incompatibilities", registry -> registry.incompatibilities(SUBJECT, CONTENT)),
                verb("types", RegistryConnection::schemaTypes),
                verb("compatibility", RegistryConnection::compatibility),
                verb("mode", RegistryConnection::mode),
                verb("mode of subject", registry -> registry.mode(SUBJECT)),
                verb("contexts", RegistryConnection::contexts));
    }

    private static Arguments verb(String name, Consumer<RegistryConnection> call) {
        return Arguments.of(name, call);
    }

    /** Some registries take any name: one of those must not hide the others, and must be within reach to be deleted. */
    @Test
    void aSubjectWithAStrangeNameIsListedWithTheOthers() {
        try (ScriptedServer server =
                        ScriptedServer.answering(200, ScriptedServer.JSON, "[\"\\u0007\",\"orders-value\"]");
                RegistryConnection registry = open(server)) {
            assertThat(registry.subjects()).containsExactly(new Subject("\u0007"), new Subject("orders-value"));
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("verbs")
    void aWebPageIsNoAnswer(String name, Consumer<RegistryConnection> call) {
        refused(
                ScriptedServer.answering(200, "text/html", "<html>Please sign in</html>"),
                call,
                "(HTTP 200, text/html");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("verbs")
    void jsonCalledSomethingElseIsNoAnswer(String name, Consumer<RegistryConnection> call) {
        refused(ScriptedServer.answering(200, "text/plain", "[]"), call, "(HTTP 200, text/plain");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("verbs")
    void halfAnAnswerIsNoAnswer(String name, Consumer<RegistryConnection> call) {
        refused(ScriptedServer.answering(200, ScriptedServer.JSON, "{\"id\":7,\"sche"), call, "broken JSON");
        refused(ScriptedServer.answering(200, ScriptedServer.JSON, "[1,2"), call, "broken JSON");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("verbs")
    void jsonOfSomethingElseIsNoAnswer(String name, Consumer<RegistryConnection> call) {
        refused(
                ScriptedServer.answering(200, ScriptedServer.JSON, "{\"status\":\"UP\"}"),
                call,
                "answers JSON that is not a schema registry's");
        refused(
                ScriptedServer.answering(200, ScriptedServer.JSON, "\"UP\""),
                call,
                "answers JSON that is not a schema registry's");
    }

    @Test
    void anAnswerOfAGibibyteIsNotRead() {
        ScriptedServer server = new ScriptedServer((exchange, closing) -> {
            exchange.getResponseHeaders().set("Content-Type", ScriptedServer.JSON);
            exchange.sendResponseHeaders(200, 1L << 30);
            byte[] chunk = new byte[1 << 16];
            for (int sent = 0; sent < 1 << 30 && closing.getCount() > 0; sent += chunk.length) {
                exchange.getResponseBody().write(chunk);
            }
        });
        refused(server, registry -> registry.stored(FIRST), "larger than 8388608 bytes");
    }

    private static void refused(ScriptedServer server, Consumer<RegistryConnection> call, String reason) {
        try (server;
                RegistryConnection registry = open(server)) {
            assertThatThrownBy(() -> call.accept(registry))
                    .isInstanceOf(NotARegistryException.class)
                    .hasMessageContaining(server.url())
                    .hasMessageContaining(reason)
                    .hasMessageContaining("Check schema.registry.url");
        }
    }

    @Test
    void anotherSchemasIdIsRefused() {
        contradicted(
                new Answers().on("GET /schemas/ids/7", "{\"id\":8,\"schema\":\"\\\"string\\\"\"}"),
                registry -> registry.byId(ID),
                "get the schema with id 7",
                "that of id 8");
    }

    @Test
    void anotherSchemasGuidIsRefused() {
        String other = "{\"guid\":\"00000000-0000-0000-0000-000000000008\",\"schema\":\"\\\"string\\\"\"}";
        contradicted(
                new Answers().on("GET /schemas/guids/" + GUID, other),
                registry -> registry.byGuid(GUID),
                "get the schema with GUID " + GUID,
                "that of GUID 00000000-0000-0000-0000-000000000008");
    }

    @Test
    void anotherVersionIsRefused() {
        contradicted(
                new Answers()
                        .on("GET /subjects/orders-value/versions/1", Answers.version("orders-value", 2, 7, "\"int\"")),
                registry -> registry.version(SUBJECT, 1),
                "get version 1 of subject 'orders-value'",
                "with version 2");
    }

    @Test
    void anIdThatCameWithAnotherSchemaIsNotWrittenWith() {
        Answers answers = new Answers()
                .on("POST /subjects/orders-value/versions", Answers.version("orders-value", 1, 7, "\"int\""))
                .on("POST /subjects/orders-value", Answers.version("orders-value", 1, 7, "\"int\""));
        contradicted(answers, registry -> registry.register(SUBJECT, SCHEMA), "register a schema", "id 7");
        contradicted(answers, registry -> registry.lookup(SUBJECT, SCHEMA), "find a schema", "id 7");
    }

    @Test
    void aSchemaInAnotherSpellingIsTheSame() {
        String spelled = "{\"type\":\"string\",\"doc\":\"x\"}";
        Answers answers = new Answers()
                .on("POST /subjects/orders-value/versions", Answers.version("orders-value", 1, 7, spelled));
        try (ScriptedServer server = answers.start();
                RegistryConnection registry = open(server)) {
            assertThat(registry.register(SUBJECT, SCHEMA).id()).isEqualTo(ID);
        }
    }

    @Test
    void anImportThatGetsAnotherIdIsFoundOut() {
        String register = "POST /subjects/orders-value/versions";
        String version = "GET /subjects/orders-value/versions/1";
        String find = "POST /subjects/orders-value";
        Consumer<RegistryConnection> importing =
                registry -> registry.importVersion(new StoredVersion(SUBJECT, 1, ID, CONTENT));
        String purpose = "import version 1 of subject 'orders-value' under id 7";

        contradicted(new Answers().on(register, "{\"id\":2}"), importing, purpose, "with id 2");
        contradicted(
                new Answers()
                        .on(register, "{\"id\":7}")
                        .on(version, Answers.version("orders-value", 1, 2, "\"string\"")),
                importing,
                purpose,
                "then holds it under id 2");
        contradicted(
                new Answers()
                        .on(register, "{\"id\":7}")
                        .on(version, Answers.version("orders-value", 1, 7, "\"int\""))
                        .on(find, Answers.version("orders-value", 3, 9, "\"string\"")),
                importing,
                purpose,
                "then holds another schema there");

        // The control: what was imported under its own number and id, in a spelling of the registry's own.
        Answers good = new Answers()
                .on(register, "{\"id\":7}")
                .on(version, Answers.version("orders-value", 1, 7, "{\"type\":\"string\"}"))
                .on(find, Answers.version("orders-value", 1, 7, "{\"type\":\"string\"}"));
        try (ScriptedServer server = good.start();
                RegistryConnection registry = open(server)) {
            importing.accept(registry);
            assertThat(server.bodies().get(0)).isEqualTo("{\"schema\":\"\\\"string\\\"\",\"id\":7,\"version\":1}");
        }
    }

    private static void contradicted(
            Answers answers, Consumer<RegistryConnection> call, String purpose, String difference) {
        try (ScriptedServer server = answers.start();
                RegistryConnection registry = open(server)) {
            assertThatExceptionOfType(RegistryIntegrityException.class)
                    .isThrownBy(() -> call.accept(registry))
                    .withMessageContaining("Asked to " + purpose)
                    .withMessageContaining(server.url())
                    .withMessageContaining(difference)
                    .withMessageContaining("Nothing of it was used");
        }
    }

    @Test
    void whatCantBeDeletedYetSaysWhatToDoFirst() {
        Map<Integer, String> remedies = Map.of(
                40405, "Delete it softly first",
                40407, "Delete it softly first",
                42206, "Delete what refers to it first");
        remedies.forEach((code, remedy) -> {
            String body = "{\"error_code\":" + code + ",\"message\":\"no\"}";
            try (ScriptedServer server = ScriptedServer.answering(code / 100, ScriptedServer.JSON, body);
                    RegistryConnection registry = open(server)) {
                assertThatExceptionOfType(DeletionRefusedException.class)
                        .isThrownBy(() -> registry.deletePermanently(SUBJECT))
                        .withMessageStartingWith(server.url()
                                + " can't permanently delete subject 'orders-value': no (code " + code + "). " + remedy)
                        .satisfies(e -> assertThat(e.code()).isEqualTo(code));
            }
        });
    }

    @Test
    void aListThatTheRegistryCutsIsReadToItsEnd() {
        String page = "GET /schemas?subjectPrefix=orders&latestOnly=true&limit=3&offset=";
        Answers answers = new Answers()
                .on(page + 0, "[" + listed(1) + "," + listed(2) + "," + listed(3) + "]")
                .on(page + 3, "[" + listed(4) + "]");
        SchemaQuery query =
                SchemaQuery.all().withPrefix("orders").withLatestOnly().withPageSize(3);
        try (ScriptedServer server = answers.start();
                RegistryConnection registry = open(server)) {
            try (Stream<StoredVersion> schemas = registry.schemas(query)) {
                assertThat(schemas.findFirst()).map(StoredVersion::version).contains(1);
            }
            assertThat(server.requests()).hasSize(1);
            assertThat(registry.schemas(query))
                    .extracting(StoredVersion::version)
                    .containsExactly(1, 2, 3, 4);
        }
    }

    @Test
    void longListsOfNamesAndNumbersAreReadToTheirEnd() {
        SchemaId id = new SchemaId(7);
        String numbers = list(i -> Integer.toString(i));
        String subjects = list(i -> "\"s" + i + "\"");
        String versions = list(i -> "{\"subject\":\"s" + i + "\",\"version\":1}");
        Answers answers = new Answers()
                .on("GET /subjects/orders-value/versions", numbers)
                .on("GET /subjects/orders-value/versions?offset=1000", "[2000]")
                .on("GET /subjects/orders-value/versions/1/referencedby", numbers)
                .on("GET /subjects/orders-value/versions/1/referencedby?offset=1000", "[2000]")
                .on("GET /schemas/ids/7/subjects", subjects)
                .on("GET /schemas/ids/7/subjects?offset=1000", "[\"t\"]")
                .on("GET /schemas/ids/7/versions", versions)
                .on("GET /schemas/ids/7/versions?offset=1000", "[{\"subject\":\"t\",\"version\":1}]");
        try (ScriptedServer server = answers.start();
                RegistryConnection registry = open(server)) {
            assertThat(registry.versions(SUBJECT, DeletedVersions.EXCLUDED)).hasSize(1_001);
            assertThat(registry.referencedBy(new SubjectVersion(SUBJECT, 1))).hasSize(1_001);
            assertThat(registry.subjects(id, "", DeletedVersions.EXCLUDED)).hasSize(1_001);
            assertThat(registry.versions(id, "", DeletedVersions.EXCLUDED)).hasSize(1_001);
        }
    }

    private static String list(IntFunction<String> item) {
        return IntStream.rangeClosed(1, 1_000).mapToObj(item).collect(Collectors.joining(",", "[", "]"));
    }

    private static String listed(int version) {
        return Answers.version("orders-value", version, version, "\"string\"");
    }

    /** Registries from before there were pages give the whole list each time. */
    @Test
    void aRegistryWithoutPagesIsNotAskedForEver() {
        String all = "[" + listed(1) + "," + listed(2) + "]";
        Answers answers =
                new Answers().on("GET /schemas?limit=2&offset=0", all).on("GET /schemas?limit=2&offset=2", all);
        try (ScriptedServer server = answers.start();
                RegistryConnection registry = open(server)) {
            assertThat(registry.schemas(SchemaQuery.all().withPageSize(2))).hasSize(2);
        }
    }

    @Test
    void settingsOfATimeToComeArePassedOn() {
        String json = "{\"compatibilityLevel\":\"FULL\",\"alias\":\"other\",\"overrideRuleSet\":{\"domainRules\":[]},"
                + "\"compatibilityPolicy\":{\"a\":[1]}}";
        Answers answers = new Answers().on("GET /config/orders-value", json).on("PUT /config/orders-value", "{}");
        try (ScriptedServer server = answers.start();
                RegistryConnection registry = open(server)) {
            SubjectConfig config = registry.config(SUBJECT).orElseThrow();
            registry.setConfig(SUBJECT, config);

            assertThat(config.others()).isEqualTo(Map.of("compatibilityPolicy", "{\"a\":[1]}"));
            assertThat(config.overrideRuleSet()).isEqualTo(Optional.of(new RuleSet("{\"domainRules\":[]}")));
            assertThat(server.bodies())
                    .isEqualTo(List.of(
                            "",
                            "{\"compatibilityPolicy\":{\"a\":[1]},\"compatibility\":\"FULL\",\"alias\":\"other\","
                                    + "\"overrideRuleSet\":{\"domainRules\":[]}}"));
        }
    }

    @Test
    void aContextIsNamedInSubjectsAndBesideIds() {
        Subject there = Subject.in("backup", "orders-value");
        Answers answers = new Answers()
                .on("GET /subjects/%3A.backup%3Aorders-value/versions", "[1]")
                .on("GET /schemas/ids/7?subject=%3A.backup%3A", Answers.content("\"string\""));
        try (ScriptedServer server = answers.start();
                RegistryConnection registry = open(server)) {
            assertThat(there).isEqualTo(new Subject(":.backup:orders-value"));
            assertThat(there.context()).isEqualTo(".backup");
            assertThat(there.nameInContext()).isEqualTo("orders-value");
            assertThat(SUBJECT.context()).isEqualTo(".");
            assertThat(Subject.in(".", "orders-value")).isEqualTo(SUBJECT);
            assertThatThrownBy(() -> Subject.in("a:b", "x")).hasMessageContaining("no colon");
            assertThat(registry.versions(there)).containsExactly(1);
            assertThat(registry.content(ID, ".backup").text()).isEqualTo("\"string\"");
        }
    }

    @Test
    void anOlderRegistryDoesntSayWhatItIs() {
        try (ScriptedServer server = ScriptedServer.answering(404, "text/html", "");
                RegistryConnection registry = open(server)) {
            assertThat(registry.server())
                    .isEqualTo(new ServerIdentity(Optional.empty(), Optional.empty(), Optional.empty()));
        }
        Answers answers = new Answers()
                .on("GET /v1/metadata/id", "{\"scope\":{\"path\":[],\"clusters\":{}},\"id\":\"lkc-1\"}")
                .on("GET /v1/metadata/version", "{\"version\":\"8.1.0\",\"commitId\":\"abc\"}");
        try (ScriptedServer server = answers.start();
                RegistryConnection registry = open(server)) {
            assertThat(registry.server())
                    .isEqualTo(new ServerIdentity(Optional.of("lkc-1"), Optional.of("8.1.0"), Optional.of("abc")));
        }
    }

    @Test
    void whatIsTooLargeForAGatewayIsNotTheWrongUrl() {
        try (ScriptedServer gateway = ScriptedServer.answering(413, "text/html", "<h1>Request Entity Too Large</h1>");
                RegistryConnection registry = open(gateway)) {
            assertThatThrownBy(() -> registry.register(new Subject("a"), EventSchema.of(SchemaFormat.AVRO, "\"int\"")))
                    .isInstanceOf(SchemaRefusedException.class)
                    .hasMessageContaining("too large for what stands in front of the registry (HTTP 413,");
        }
    }
}
