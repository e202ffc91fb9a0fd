package dev.schemabus.schema.golden;

import dev.schemabus.schema.Aliases;
import dev.schemabus.schema.Doc;
import dev.schemabus.schema.Name;
import dev.schemabus.schema.Namespace;
import java.util.List;
import java.util.Optional;

/** Names, namespaces, earlier names and words. */
public final class Naming {

    private Naming() {}

    @Golden
    @Namespace("com.acme.orders")
    record InNamespace(String id, Part part) {
        /** Has the namespace of what encloses it. */
        record Part(int number) {}
    }

    @Golden
    @Namespace("com.acme.orders")
    @Name("Order")
    @Aliases({"Purchase", "com.acme.legacy.Purchase"})
    record NamedInNamespace(
            @Name("order_id") @Aliases({"id", "purchase_id"})
            String orderId) {}

    @Golden
    @Name("Shipment")
    record SimplyNamed(String id, Content content) {
        record Content(List<String> skus) {}
    }

    @Golden
    @Name("com.acme.billing.Invoice")
    record FullyNamed(@Name("_id") String id, Optional<FullyNamed> corrects) {}

    /** What encloses others gives them its namespace. */
    @Namespace("com.acme.stock")
    static final class Stock {

        private Stock() {}

        @Golden
        record StockCounted(Place place, Kind kind) {}

        record Place(String shelf) {}

        enum Kind {
            FULL,
            PARTIAL
        }

        @Golden
        @Namespace("com.acme.returns")
        record Returned(Place place) {}
    }

    @Golden
    @Doc("Lines\nand \"quotes\", a tab\t, a backslash \\, </script>.")
    record Documented(
            @Doc("What it's called.") String name,
            @Doc("") String empty,
            @Doc("Of a documented type.") Sort kind,
            @Doc("Of a documented type, perhaps.") Optional<Sort> perhaps,
            @Doc("Several.") List<Sort> several) {

        @Doc("The kind itself.")
        enum Sort {
            A,
            B
        }
    }
}
