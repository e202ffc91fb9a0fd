package dev.schemabus.samples.catalogue;

import dev.schemabus.schema.Decimal;
import dev.schemabus.schema.Key;
import dev.schemabus.schema.Name;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Currency;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** ArticleListed as somebody would like it to be next: weighed, priced to a tenth of a cent, delivered in milliseconds. */
@Name("com.acme.catalogue.ArticleListed")
record ChangedArticle(
        @Key CatalogueEvent.Sku sku,
        Map<Locale, String> names,
        FinerPrice price,
        Set<CatalogueEvent.Label> labels,
        Duration delivery,
        Optional<Integer> grams) {

    @Name("com.acme.catalogue.Price")
    record FinerPrice(@Decimal(precision = 13, scale = 3) BigDecimal amount, Currency currency) {}
}
