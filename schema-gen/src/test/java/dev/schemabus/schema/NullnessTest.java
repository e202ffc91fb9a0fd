package dev.schemabus.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Test;

/** Annotations called Nullable, whatever they may stand on. */
class NullnessTest {

    static final class OnFields {
        @Retention(RetentionPolicy.RUNTIME)
        @Target(ElementType.FIELD)
        @interface Nullable {}
    }

    static final class OnMethods {
        @Retention(RetentionPolicy.RUNTIME)
        @Target({ElementType.METHOD, ElementType.PARAMETER})
        @interface Nullable {}
    }

    record Customer(
            @OnFields.Nullable String phone,
            @OnMethods.Nullable String email,
            String name) {}

    @Test
    void annotationsForFieldsAndMethodsCountToo() {
        RecordShape customer = (RecordShape) SchemaGenerator.standard().shape(Customer.class);

        assertThat(customer.components())
                .filteredOn(component -> component.shape() instanceof Shape.OfOptional)
                .extracting(Component::name)
                .containsExactly("phone", "email");
    }
}
