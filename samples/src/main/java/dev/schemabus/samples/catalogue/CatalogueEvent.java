package dev.schemabus.samples.catalogue;

import dev.schemabus.schema.Decimal;
import dev.schemabus.schema.Default;
import dev.schemabus.schema.Doc;
import dev.schemabus.schema.DurationUnit;
import dev.schemabus.schema.EnumDefault;
import dev.schemabus.schema.Event;
import dev.schemabus.schema.Key;
import dev.schemabus.schema.Namespace;
import dev.schemabus.schema.Value;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What happens in the catalogue. */
@Doc("What happens in the catalogue.")
@Namespace("com.acme.catalogue")
@Event(domain = "shop", entity = "catalogue")
sealed interface CatalogueEvent {

    /** An article can be bought from now on. */
    record ArticleListed(
            @Key Sku sku,
            Map<Locale, String> names,
            Price price,
            Set<Label> labels,
            @DurationUnit(DurationUnit.Unit.SECONDS) Duration delivery,
            Optional<LocalDate> until)
            implements CatalogueEvent {}

    /** New prices, by market. */
    record PricesChanged(
            @Key Sku sku,
            Map<Market, Price> prices,
            @Default("[]") List<Market> withdrawn) implements CatalogueEvent {}

    /** What a customer searched for, and the first page of what was found. */
    record Searched(@Key String session, String words, Page<Sku> found, Instant at) implements CatalogueEvent {}

    /** A stock keeping unit; a string in schemas. */
    @Value
    record Sku(String code) {
        public Sku {
            if (code.isBlank()) {
                throw new IllegalArgumentException("a SKU is not blank");
            }
        }
    }

    /** An amount of money. */
    record Price(@Decimal(precision = 12, scale = 2) BigDecimal amount, Currency currency) {}

    /** Part of a longer list. */
    record Page<T>(List<T> items, Optional<String> next) {}

    /** Where it is sold. */
    enum Market {
        DE,
        FR,
        CH
    }

    /** What is said about an article. */
    enum Label {
        ORGANIC,
        NEW,
        @EnumDefault
        OTHER
    }
}
