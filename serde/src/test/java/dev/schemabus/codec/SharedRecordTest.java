package dev.schemabus.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.schemabus.schema.EventSchema;
import dev.schemabus.schema.Name;
import dev.schemabus.schema.SchemaFormat;
import dev.schemabus.schema.Shared;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SharedRecordTest {

    @Shared
    @Name("shop.Money")
    record Money(String currency, long amount) {}

    @Name("shop.Invoice")
    record Invoice(Money total, List<Money> parts) {}

    @Shared
    @Name("shop.Money")
    record MoneyInWords(String currency, String amount) {}

    @Name("shop.Invoice")
    record InvoiceInWords(MoneyInWords total, List<MoneyInWords> parts) {}

    private static final Invoice INVOICE = new Invoice(new Money("EUR", 3), List.of(new Money("EUR", 1)));

    @ParameterizedTest
    @EnumSource
    void aSchemaWithReferencesIsWrittenAndReadUnder(SchemaFormat format) {
        EventSchema schema = Codecs.schema(Invoice.class, format);

        assertThat(schema.references()).hasSize(1);
        assertThat(Codecs.rewritten(Invoice.class, INVOICE, Invoice.class, format))
                .isEqualTo(INVOICE);
    }

    @Test
    void aWriterSchemaWhoseReferenceCannotBeReadIsRefused() {
        assertThatThrownBy(() -> Codecs.under(InvoiceInWords.class, Invoice.class, SchemaFormat.AVRO))
                .isInstanceOf(UnreadableSchemaException.class)
                .hasMessageContaining("Money.amount");
    }
}
