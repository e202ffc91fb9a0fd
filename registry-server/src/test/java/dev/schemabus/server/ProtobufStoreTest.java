package dev.schemabus.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.schemabus.registry.SchemaRefusedException;
import dev.schemabus.schema.CompatibilityLevel;
import dev.schemabus.server.Registering.Asked;
import dev.schemabus.server.SubjectVersion.Shown;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Protobuf schemas in a registry. */
class ProtobufStoreTest {

    private static final QualifiedSubject ORDERS = QualifiedSubject.of("orders-value");
    private static final QualifiedSubject MONEY = QualifiedSubject.of("money");

    private static final String MONEY_TEXT =
            "syntax = \"proto3\";\npackage money;\nmessage Money {\n  int64 cents = 1;\n}\n";

    private final SubjectStore store = SubjectStore.inMemory();

    @AfterEach
    void close() {
        store.close();
    }

    private static StoredSchema proto(String text, SchemaReference... references) {
        return new StoredSchema("PROTOBUF", text, List.of(references), Optional.empty(), Optional.empty());
    }

    private SubjectVersion register(QualifiedSubject subject, StoredSchema schema) {
        return store.register(subject, new Asked(schema, OptionalInt.empty(), OptionalInt.empty(), false));
    }

    private static StoredSchema order(int moneyVersion, String fields) {
        return proto(
                "syntax = \"proto3\"; import \"money.proto\"; message Order { money.Money total = 1; " + fields + "}",
                new SchemaReference("money.proto", "money", moneyVersion));
    }

    @Test
    void theSameSchemaInAnotherSpellingKeepsItsIdAndVersion() {
        SubjectVersion first = register(MONEY, proto(MONEY_TEXT));
        SubjectVersion again = register(MONEY, proto("// money\n" + MONEY_TEXT.replace("\n", " ")));

        assertThat(again).isEqualTo(first);
        assertThat(first.schema().text()).isEqualTo(MONEY_TEXT);
        assertThat(store.lookup(MONEY, proto(MONEY_TEXT.replace("  ", "\t")), false, Shown.LIVE))
                .isEqualTo(first);
    }

    @Test
    void anImportIsAReference() {
        SubjectVersion money = register(MONEY, proto(MONEY_TEXT));
        SubjectVersion order = register(ORDERS, order(-1, ""));

        assertThat(order.schema().references()).containsExactly(new SchemaReference("money.proto", "money", 1));
        assertThat(store.referrals(money)).hasSize(1);
        assertThatExceptionOfType(SchemaRefusedException.class)
                .isThrownBy(() -> register(ORDERS, proto(order(1, "").text())))
                .withMessageContaining("it imports 'money.proto', for which it has no reference")
                .satisfies(e -> assertThat(e.code()).isEqualTo(42201));
    }

    @Test
    void whatChangesInAnImportCountsForThoseThatMoveToIt() {
        register(MONEY, proto(MONEY_TEXT));
        register(ORDERS, order(1, ""));
        store.settings().change(MONEY, Config.of(CompatibilityLevel.NONE).fields());
        register(MONEY, proto(MONEY_TEXT.replace("int64", "string")));

        assertThat(store.incompatibilities(ORDERS, order(1, "string note = 2; "), false))
                .isEmpty();
        assertThat(store.incompatibilities(ORDERS, order(2, ""), false))
                .singleElement()
                .asString()
                .contains(
                        "Money.cents: The new schema reads string in field 1, but data of the old schema holds int64.");
    }

    @Test
    void anIncompatibleVersionIsRefusedWithItsReasons() {
        register(MONEY, proto(MONEY_TEXT));

        assertThatExceptionOfType(SchemaRefusedException.class)
                .isThrownBy(() -> register(MONEY, proto(MONEY_TEXT.replace("int64", "sint64"))))
                .withMessageContaining("Money.cents: The new schema reads sint64 in field 1")
                .satisfies(e -> assertThat(e.code()).isEqualTo(40901));
        assertThat(register(MONEY, proto(MONEY_TEXT.replace("int64", "int32"))).version())
                .isEqualTo(2);
    }

    @Test
    void transitiveLevelsLookAtEveryVersion() {
        store.settings().change(MONEY, Config.of(CompatibilityLevel.BACKWARD).fields());
        StoredSchema first = proto(MONEY_TEXT);
        StoredSchema without = proto(MONEY_TEXT.replace("int64 cents = 1;", ""));
        StoredSchema other = proto(MONEY_TEXT.replace("int64", "string"));
        register(MONEY, first);
        register(MONEY, without);

        assertThat(store.incompatibilities(MONEY, other, false)).isEmpty();
        store.settings()
                .change(MONEY, Config.of(CompatibilityLevel.BACKWARD_TRANSITIVE).fields());
        assertThat(store.incompatibilities(MONEY, other, false)).isNotEmpty();
    }

    @Test
    void aSchemaThatIsHeldAlreadyIsReadWithoutTheOptionsThatNobodyKnows() {
        String text = MONEY_TEXT
                .replace("message", "import \"rules.proto\"; option (rules.file) = {a: 1}; message")
                .replace("= 1;", "= 1 [(rules.field) = \"x\"];");
        ProtobufDialect dialect = new ProtobufDialect();

        assertThatExceptionOfType(SchemaRefusedException.class).isThrownBy(() -> dialect.parse(proto(text), Map.of()));
        ParsedSchema read = dialect.read(proto(text), Map.of());
        assertThat(read.canonical()).contains("(rules.field) = \"x\"");
        assertThat(dialect.parse(proto(MONEY_TEXT.replace("int64", "string")), Map.of())
                        .incompatibilities(CompatibilityLevel.BACKWARD, read))
                .hasSize(1);
    }
}
