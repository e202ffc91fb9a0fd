package dev.schemabus.schema;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The declarations whose schemas are kept as golden files. */
final class GoldenRecords {

    private GoldenRecords() {}

    @SuppressWarnings("ArrayRecordComponent") // schemas don't compare values
    record AllScalars(
            boolean flag,
            int count,
            long total,
            float ratio,
            double mean,
            String text,
            byte[] raw,
            Boolean boxedFlag,
            Integer boxedCount,
            Long boxedTotal,
            Float boxedRatio,
            Double boxedMean) {}

    record Address(String street, String city) {}

    record Nested(Address billing, Address shipping) {}

    record Category(String name, @Nullable Category parent, List<Category> children) {}

    record Collections(
            List<String> tags,
            Map<String, Integer> counts,
            List<List<Address>> blocks,
            Map<String, List<@Nullable String>> notes,
            Map<String, Optional<Address>> places) {}

    @SuppressWarnings("ArrayRecordComponent") // schemas don't compare values
    record Absent(
            Optional<String> note,
            @Nullable Integer rank,
            Optional<Address> address,
            byte @Nullable [] photo,
            Optional<List<String>> tags,
            @Nullable Suit suit) {}

    @Doc("The four suits.")
    enum Suit {
        CLUBS,
        @Name("DIAMOND")
        DIAMONDS,
        HEARTS,
        SPADES,
        @EnumDefault
        OTHER
    }

    record Card(Suit suit, @Default("OTHER") Suit trump) {}

    sealed interface Payment permits Cash, Electronic {}

    record Cash(int tendered) implements Payment {}

    sealed interface Electronic extends Payment permits Wire, CreditCard {}

    record Wire(String iban) implements Electronic {}

    record CreditCard(String lastDigits) implements Electronic {}

    record Paid(Payment payment, Optional<Payment> refund, List<Payment> parts, Cash change) {}

    record Logical(
            @Decimal(precision = 12, scale = 2) BigDecimal price,
            List<@Decimal(precision = 5) BigDecimal> counts,
            Instant at,
            @Timestamp(Timestamp.Unit.MILLIS) Instant millis,
            @Timestamp(Timestamp.Unit.MICROS) Instant micros,
            Optional<@Timestamp(Timestamp.Unit.MICROS) Instant> seen,
            LocalDate day,
            UUID id) {}

    @Name("com.acme.shop.OrderPlaced")
    @Aliases({"OrderCreated", "com.acme.old.OrderMade"})
    @Doc("An order was placed.")
    record Annotated(
            @Key @Name("order_id") @Doc("Never used twice.") String orderId,
            @Aliases({"sum", "amount"}) long total,
            @Doc("Where to.") Address address) {}

    @SuppressWarnings("ArrayRecordComponent") // schemas don't compare values
    record Defaults(
            @Default("true") boolean flag,
            @Default("-7") int count,
            @Default("9223372036854775807") long total,
            @Default("0.5") float ratio,
            @Default("1e3") double mean,
            @Default("it's \"quoted\"") String text,
            @Default("") String empty,
            @Default("") byte[] raw,
            @Default("DIAMONDS") Suit suit,
            @Default("[]") List<String> tags,
            @Default("{}") Map<String, String> notes,

            @Default("12.50") @Decimal(precision = 6, scale = 2)
            BigDecimal price,

            @Default("2026-01-31T10:15:30Z") Instant at,
            @Default("2026-01-31") LocalDate day,
            @Default("00000000-0000-0000-0000-000000000001") UUID id) {}

    record Empty() {}

    @Doc("Größe in Zoll – 寸法 📏")
    record NonAscii(
            @Doc("„Länge“") int length, @Default("naïve ☕") String note) {}
}
