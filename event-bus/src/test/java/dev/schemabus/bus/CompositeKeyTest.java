package dev.schemabus.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.schemabus.schema.Key;
import dev.schemabus.schema.RecordShape;
import dev.schemabus.schema.SchemaException;
import dev.schemabus.schema.SchemaGenerator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CompositeKeyTest {

    record Line(
            @Key String tenant,
            int amount,
            @Key long order,
            @Key String sku) {}

    private static final EventKey KEY =
            new EventKey((RecordShape) SchemaGenerator.standard().shape(Line.class));

    @Test
    void severalComponentsMakeOneKeyInTheOrderOfDeclaration() {
        assertThat(KEY.of(new Line("acme", 1, 7, "cup"))).isEqualTo("acme|7|cup");
        assertThat(KEY.ofValues(List.of("acme", 7L, "cup"))).isEqualTo("acme|7|cup");
        assertThat(KEY.of(new Line("a|b", 1, -7, "c\\d"))).isEqualTo("a\\|b|-7|c\\\\d");
        assertThat(KEY.of(new Line("", 1, 0, ""))).isEqualTo("|0|");
    }

    @Test
    void differentValuesNeverMakeTheSameKey() {
        List<String> texts = List.of("", "a", "|", "\\", "a|", "|a", "\\|", "|\\", "\\\\", "||", "a\\");
        Set<String> keys = new HashSet<>();
        for (String tenant : texts) {
            for (String sku : texts) {
                assertThat(keys.add(KEY.of(new Line(tenant, 1, 7, sku))))
                        .as("'%s' and '%s'", tenant, sku)
                        .isTrue();
            }
        }
    }

    @Test
    @SuppressWarnings("NullAway") // a null that the compiler refuses comes all the same
    void eachComponentIsNeeded() {
        assertThatThrownBy(() -> KEY.of(new Line("acme", 1, 7, null)))
                .isInstanceOf(SchemaException.class)
                .hasMessageContaining("Line.sku is the key and null");
        assertThatThrownBy(() -> KEY.ofValues(List.of("acme", 7L)))
                .isInstanceOf(SchemaException.class)
                .hasMessageContaining("Line has 3 @Key components [tenant, order, sku], and 2 values are given");
    }
}
