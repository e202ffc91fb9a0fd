package dev.schemabus.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** The values that operators hold in their hands. */
class RegistryValuesTest {

    @Test
    void metadataAreEqualWhateverTheOrderOfTheirMembers() {
        SchemaMetadata one = new SchemaMetadata("{ \"properties\": {\"b\":\"2\",\"a\":\"1\"}, \"x\": 1.50 }");
        SchemaMetadata other = new SchemaMetadata("{\"x\":1.50,\"properties\":{\"a\":\"1\",\"b\":\"2\"}}");

        assertThat(one).isEqualTo(other);
        assertThat(one.json()).isEqualTo("{\"properties\":{\"a\":\"1\",\"b\":\"2\"},\"x\":1.50}");
        assertThat(one.properties()).containsExactly(Map.entry("a", "1"), Map.entry("b", "2"));
        assertThat(SchemaMetadata.of(Map.of("a", "1")).json()).isEqualTo("{\"properties\":{\"a\":\"1\"}}");
        assertThatThrownBy(() -> new SchemaMetadata("[]")).hasMessageContaining("must be a JSON object");
        assertThatThrownBy(() -> new SchemaMetadata("{")).hasMessageContaining("must be a JSON object");
    }

    @Test
    void whatMayBeSecretIsNotShown() {
        assertThat(SchemaMetadata.of(Map.of("key", "s3cret")).toString())
                .contains("key")
                .doesNotContain("s3cret");
        assertThat(new RuleSet("{\"domainRules\":[{\"params\":{\"kms\":\"s3cret\"}}]}").toString())
                .doesNotContain("s3cret");
    }

    @Test
    void aRuleSetIsActiveUnlessAllItsRulesAreSwitchedOff() {
        assertThat(new RuleSet("{}").isActive()).isFalse();
        assertThat(new RuleSet("{\"domainRules\":[]}").isActive()).isFalse();
        assertThat(new RuleSet("{\"domainRules\":null,\"migrationRules\":[{\"disabled\":true}]}").isActive())
                .isFalse();
        assertThat(new RuleSet("{\"migrationRules\":[{\"name\":\"a\"}]}").isActive())
                .isTrue();
    }

    @Test
    void aVersionIsANumberFromOneOrTheLatest() {
        Subject subject = new Subject("orders-value");

        assertThat(new SubjectVersion(subject, SubjectVersion.LATEST))
                .hasToString("the latest version of subject 'orders-value'");
        assertThatThrownBy(() -> new SubjectVersion(subject, 0))
                .hasMessage("A version is a number from 1, or -1 for the latest: not 0 of 'orders-value'");
        assertThatThrownBy(() -> new SubjectReference(" ", subject, 1)).hasMessageContaining("needs the name");
    }

    @Test
    void aSubjectKeepsItsNameAndIsPrintedOnOneLine() {
        Subject strange = new Subject("orders\n\u0007value");

        assertThat(strange.name()).isEqualTo("orders\n\u0007value");
        assertThat(strange).hasToString("orders\\u000a\\u0007value");
        assertThat(new Subject("a\u0085b\u009b2J\u2028c\u2029d\u202ee"))
                .hasToString("a\\u0085b\\u009b2J\\u2028c\\u2029d\\u202ee");
        assertThat(new Subject("größe-値")).hasToString("größe-値");
        assertThatThrownBy(() -> new Subject(" ")).hasMessageContaining("A subject needs a name");
    }

    @Test
    void onlyWhatARegistryListsCanBeAskedFor() {
        assertThatThrownBy(() -> SchemaQuery.all().withPageSize(0)).hasMessageContaining("at least 1");
        assertThatThrownBy(() -> new SchemaQuery("", DeletedVersions.ONLY, false, 1))
                .hasMessageContaining("use INCLUDED");
        assertThat(new SchemaContent("avro", "\"int\"").type()).isEqualTo("AVRO");
        assertThatThrownBy(() -> new SchemaContent("AVRO", " ")).hasMessageContaining("needs a type");
    }
}
