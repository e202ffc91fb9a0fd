package dev.schemabus.schema;

import dev.schemabus.schema.golden.Absence;
import dev.schemabus.schema.golden.ContainerDefaults;
import dev.schemabus.schema.golden.Containers;
import dev.schemabus.schema.golden.EnumTypes;
import dev.schemabus.schema.golden.GenericTypes;
import dev.schemabus.schema.golden.Golden;
import dev.schemabus.schema.golden.Ids;
import dev.schemabus.schema.golden.Naming;
import dev.schemabus.schema.golden.Numbers;
import dev.schemabus.schema.golden.Recursion;
import dev.schemabus.schema.golden.SealedTypes;
import dev.schemabus.schema.golden.Texts;
import dev.schemabus.schema.golden.Times;
import dev.schemabus.schema.golden.ValueRecords;
import dev.schemabus.schema.golden.Wide;
import dev.schemabus.schema.golden.acme.Parcel;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The declarations whose schemas are kept as golden files. */
public final class GoldenRecords {

    private static final List<Class<?>> TOPICS = List.of(
            GoldenRecords.class,
            Absence.class,
            ContainerDefaults.class,
            Containers.class,
            EnumTypes.class,
            GenericTypes.class,
            Ids.class,
            Naming.class,
            Numbers.class,
            Parcel.class,
            Recursion.class,
            SealedTypes.class,
            Texts.class,
            Times.class,
            ValueRecords.class,
            Wide.class);

    private GoldenRecords() {}

    /** All of them, in the order of their simple names. */
    public static List<Class<?>> all() {
        return TOPICS.stream()
                .flatMap(GoldenRecords::within)
                .filter(type -> type.isAnnotationPresent(Golden.class))
                .sorted(Comparator.comparing(Class::getSimpleName))
                .toList();
    }

    private static Stream<Class<?>> within(Class<?> type) {
        return Stream.concat(
                Stream.of(type), Arrays.stream(type.getDeclaredClasses()).flatMap(GoldenRecords::within));
    }

    @Golden
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

    @Golden
    record Nested(Address billing, Address shipping) {}

    @Golden
    record Category(String name, @Nullable Category parent, List<Category> children) {}

    @Golden
    record Collections(
            List<String> tags,
            Map<String, Integer> counts,
            List<List<Address>> blocks,
            Map<String, List<@Nullable String>> notes,
            Map<String, Optional<Address>> places) {}

    @Golden
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

    @Golden
    record Card(Suit suit, @Default("OTHER") Suit trump) {}

    @Golden
    sealed interface Payment permits Cash, Electronic {}

    record Cash(int tendered) implements Payment {}

    sealed interface Electronic extends Payment permits Wire, CreditCard {}

    record Wire(String iban) implements Electronic {}

    record CreditCard(String lastDigits) implements Electronic {}

    @Golden
    record Paid(Payment payment, Optional<Payment> refund, List<Payment> parts, Cash change) {}

    @Golden
    record Logical(
            @Decimal(precision = 12, scale = 2) BigDecimal price,
            List<@Decimal(precision = 5) BigDecimal> counts,
            Instant at,
            @Timestamp(Timestamp.Unit.MILLIS) Instant millis,
            @Timestamp(Timestamp.Unit.MICROS) Instant micros,
            Optional<@Timestamp(Timestamp.Unit.MICROS) Instant> seen,
            LocalDate day,
            UUID id) {}

    @Golden
    @Name("com.acme.shop.OrderPlaced")
    @Aliases({"OrderCreated", "com.acme.old.OrderMade"})
    @Doc("An order was placed.")
    record Annotated(
            @Key @Name("order_id") @Doc("Never used twice.") String orderId,
            @Aliases({"sum", "amount"}) long total,
            @Doc("Where to.") Address address) {}

    @Golden
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

    @Golden
    record Empty() {}

    @Golden
    @Doc("Größe in Zoll – 寸法 📏")
    record NonAscii(
            @Doc("„Länge“") int length, @Default("naïve ☕") String note) {}
}
