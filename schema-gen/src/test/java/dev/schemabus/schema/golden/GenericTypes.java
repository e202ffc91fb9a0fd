package dev.schemabus.schema.golden;

import dev.schemabus.schema.Aliases;
import dev.schemabus.schema.Decimal;
import dev.schemabus.schema.Name;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Generic records: one type in the schema for each list of type arguments. */
public final class GenericTypes {

    private GenericTypes() {}

    record Order(String id, int cents) {}

    record Page<T>(List<T> items, Optional<String> next) {}

    record Pair<A, B>(A first, B second) {}

    record Tree<T>(T value, List<Tree<T>> children) {}

    record Chain<T>(T value, @Nullable Chain<T> next) {}

    record Swap<A, B>(A first, B second, @Nullable Swap<B, A> turned) {}

    @Name("com.acme.Envelope")
    @Aliases("Wrapper")
    record Wrapped<T>(UUID id, T body, Map<String, T> more) {}

    @Golden
    record OrderPage(Page<Order> page) {}

    @Golden
    record ManyPages(
            Page<Order> orders,
            Page<String> texts,
            Page<Integer> numbers,
            Page<UUID> ids,
            Page<List<Order>> lists,
            Page<Page<Order>> pages,
            Page<Map<String, Order>> maps,
            List<Page<Order>> again,
            Optional<Page<Order>> perhaps) {}

    @Golden
    record Pairs(
            Pair<String, Integer> simple,
            Pair<Order, Pair<String, Order>> nested,
            Pair<@Decimal(precision = 6, scale = 2) BigDecimal, Optional<String>> annotated,
            Pair<int[], String[]> arrays) {}

    @Golden
    record Trees(Tree<Order> orders, Tree<String> texts, Chain<Order> chain, Swap<String, Integer> swap) {}

    @Golden
    record Envelopes(Wrapped<Order> order, Wrapped<Page<Order>> page, Optional<Wrapped<Order>> last) {}

    @Golden
    record NullableArguments(Page<@Nullable Order> gaps, Page<Optional<Order>> optional) {}
}
