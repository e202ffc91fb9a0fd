package dev.schemabus.samples.services;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

class OrdersTourTest {

    @Test
    void whatOneServiceCannotDoHoldsNobodyUpAndIsDoneLater() throws InterruptedException, ExecutionException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        OrdersTour.run(new PrintStream(out, true, StandardCharsets.UTF_8));

        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualToNormalizingNewlines("""
            1  20 orders, one to a country that no carrier goes to, and a record that is no event
               20 placed, 20 paid, 19 shipped, and all services run
            2  What they could not do
               payment: POISON after 1 attempt(s): can't be read
               shipping: HANDLER after 3 attempt(s): No carrier goes to IS: add one to the shipping service
                  {"orderId": "o-13", "country": "IS", "cents": 1300}
               shipping: POISON after 1 attempt(s): can't be read
            3  Shipping finds a carrier, starts again, and gets what it had to leave
               rehearsed: 1 of 2
               replayed: 1
               20 placed, 20 paid, 20 shipped, and all services run
            """);
    }
}
