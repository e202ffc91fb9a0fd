package dev.schemabus.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.schemabus.registry.SubjectNaming;
import dev.schemabus.schema.EventSchema;
import dev.schemabus.schema.SchemaFormat;
import org.junit.jupiter.api.Test;

/** What a {@link SubjectNaming} owes its callers. Extend it, give yours, and run it. */
public abstract class SubjectNamingContract {

    private static final EventSchema ORDER =
            EventSchema.of(SchemaFormat.AVRO, "{\"type\":\"record\",\"name\":\"shop.Order\",\"fields\":[]}");
    private static final EventSchema JSON_ORDER =
            EventSchema.of(SchemaFormat.JSON, "{\"title\":\"shop.Order\",\"type\":\"object\"}");
    private static final EventSchema NAMELESS = EventSchema.of(SchemaFormat.AVRO, "\"string\"");

    /** The naming to examine. */
    protected abstract SubjectNaming naming();

    @Test
    void theSameQuestionHasTheSameAnswer() {
        assertThat(naming().subject("orders", false, ORDER)).isEqualTo(naming().subject("orders", false, ORDER));
        assertThat(naming().subject("orders", true, ORDER)).isEqualTo(naming().subject("orders", true, ORDER));
    }

    @Test
    void theFormatOfASchemaMakesNoDifference() {
        assertThat(naming().subject("orders", false, JSON_ORDER)).isEqualTo(naming().subject("orders", false, ORDER));
    }

    @Test
    void aSchemaWithoutNameGetsASubjectOrAnErrorThatSaysWhatToDo() {
        Throwable refusal = catchThrowable(() -> naming().subject("orders", false, NAMELESS));

        if (refusal != null) {
            assertThat(refusal).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("orders");
        }
    }
}
