package dev.schemabus.schema.golden;

import dev.schemabus.schema.Decimal;
import dev.schemabus.schema.Doc;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Values that may be absent. */
@SuppressWarnings("ArrayRecordComponent") // schemas don't compare values
public final class Absence {

    private Absence() {}

    record Point(int x, int y) {}

    enum Colour {
        RED,
        GREEN
    }

    sealed interface Contact permits Mail, Phone {}

    record Mail(String address) implements Contact {}

    record Phone(Optional<String> country, String number) implements Contact {}

    @Golden
    record Optionals(
            Optional<String> text,
            Optional<Integer> number,
            Optional<byte[]> bytes,
            Optional<UUID> id,
            Optional<@Decimal(precision = 6, scale = 2) BigDecimal> price,
            Optional<Colour> colour,
            Optional<Point> point,
            Optional<Contact> contact,
            Optional<List<Point>> points,
            Optional<Map<String, Point>> byName,
            @Doc("Documented.") Optional<Point> documented) {}

    @Golden
    record Nullables(
            @Nullable String text,
            @Nullable Integer number,
            byte @Nullable [] bytes,
            @Nullable UUID id,
            @Nullable @Decimal(precision = 6, scale = 2) BigDecimal price,
            @Nullable Colour colour,
            @Nullable Point point,
            @Nullable Contact contact,
            @Nullable List<@Nullable Point> points,
            @Nullable Map<String, @Nullable Point> byName) {}

    @Golden
    record JakartaNullables(
            @jakarta.annotation.Nullable String text,
            @jakarta.annotation.Nullable Long number,
            @jakarta.annotation.Nullable Point point,
            @jakarta.annotation.Nullable Colour colour,
            @jakarta.annotation.Nullable Contact contact,
            @jakarta.annotation.Nullable List<String> texts,
            @jakarta.annotation.Nonnull String never) {}
}
