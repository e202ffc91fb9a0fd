package dev.schemabus.schema.golden;

import dev.schemabus.schema.Aliases;
import dev.schemabus.schema.Default;
import dev.schemabus.schema.Doc;
import dev.schemabus.schema.EnumDefault;
import dev.schemabus.schema.Name;
import dev.schemabus.schema.Namespace;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Enums with everything that they can have. */
@SuppressWarnings("ArrayRecordComponent") // schemas don't compare values
public final class EnumTypes {

    private EnumTypes() {}

    enum Plain {
        ONE,
        TWO
    }

    @Doc("How it is sent.")
    @Namespace("com.acme.shipping")
    @Name("Carrier")
    @Aliases({"Shipper", "com.acme.old.Shipper"})
    enum Delivery {
        @Name("van")
        VAN,
        @Name("ship")
        SHIP,
        @Name("other")
        @EnumDefault
        OTHER
    }

    /** Constants with bodies are classes of their own. */
    enum Operation {
        PLUS {
            @Override
            int apply(int left, int right) {
                return left + right;
            }
        },
        MINUS {
            @Override
            int apply(int left, int right) {
                return left - right;
            }
        };

        abstract int apply(int left, int right);
    }

    @Golden
    record EnumPositions(
            Plain plain,
            Delivery delivery,
            Operation operation,
            Optional<Plain> optional,
            List<Delivery> list,
            Set<Plain> set,
            Operation[] array,
            Map<Delivery, Plain> byEnum,
            Map<Operation, List<Plain>> byOperation) {}

    @Golden
    record EnumDefaults(
            @Default("TWO") Plain plain,
            @Default("SHIP") Delivery delivery,
            @Default("MINUS") Operation operation,
            @Default("[\"VAN\", \"OTHER\"]") List<Delivery> list,
            @Default("{\"VAN\": \"ONE\"}") Map<Delivery, Plain> byEnum) {}

    @Golden
    record Single(Only only) {}

    enum Only {
        @EnumDefault
        ONE
    }
}
