package dev.schemabus.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemabus.schema.Shape.OfUnion;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What tells one use of a generic record from another. */
class GenericNamesTest {

    record Order(String id) {}

    record Page<T>(List<T> items) {}

    record Validated(Page<Order> plain, Page<@Valid Order> deep, Page<String> any, Page<@Size(max = 3) String> few) {}

    record Mixed(Page<String> present, Page<@Nullable String> absent) {}

    @ParameterizedTest
    @EnumSource
    void constraintsInTypeArgumentsMakeNoOtherRecord(SchemaFormat format) {
        String name = GenericNamesTest.class.getName();

        assertThat(SchemaGenerator.standard().generate(Validated.class, format).text())
                .contains("Page_Order", "Page_String");
        RecordShape shape = (RecordShape) SchemaGenerator.standard().shape(Validated.class);
        assertThat(shape.components())
                .extracting(component -> ((RecordShape) component.shape()).fullName())
                .containsExactly(
                        name + ".Page_Order", name + ".Page_Order", name + ".Page_String", name + ".Page_String");
    }

    @Test
    void argumentsThatAreWrittenDifferentlyMakeRecordsOfDifferentNames() {
        RecordShape shape = (RecordShape) SchemaGenerator.standard().shape(Mixed.class);

        assertThat(shape.components())
                .extracting(component -> OfUnion.branchName((RecordShape) component.shape()))
                .containsExactly("Page_String", "Page_Nullable_String");
    }
}
