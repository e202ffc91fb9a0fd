package dev.schemabus.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** From where to where a number may go. A schema says each end once, in the tightest way it knows. */
record NumberBounds(@Nullable End lower, @Nullable End upper) {

    private record End(BigDecimal value, boolean exclusive) {

        /** @param direction 1 if this end is tighter for being greater, -1 if for being less */
        static @Nullable End tighter(@Nullable End one, @Nullable End other, int direction) {
            if (one == null || other == null) {
                return one == null ? other : one;
            }
            int order = one.value.compareTo(other.value) * direction;
            return order > 0 || (order == 0 && one.exclusive) ? one : other;
        }
    }

    static NumberBounds of(ObjectNode schema) {
        return new NumberBounds(
                End.tighter(end(schema, "minimum", false), end(schema, "exclusiveMinimum", true), 1),
                End.tighter(end(schema, "maximum", false), end(schema, "exclusiveMaximum", true), -1));
    }

    private static @Nullable End end(ObjectNode schema, String keyword, boolean exclusive) {
        JsonNode value = schema.get(keyword);
        return value == null ? null : new End(value.decimalValue(), exclusive);
    }

    NumberBounds tightenedBy(ObjectNode schema) {
        return and(of(schema));
    }

    /** Both ends excluded. */
    NumberBounds within(BigDecimal low, BigDecimal high) {
        return and(new NumberBounds(new End(low, true), new End(high, true)));
    }

    private NumberBounds and(NumberBounds other) {
        return new NumberBounds(End.tighter(lower, other.lower, 1), End.tighter(upper, other.upper, -1));
    }

    void writeTo(ObjectNode schema) {
        write(schema, lower, "minimum", "exclusiveMinimum");
        write(schema, upper, "maximum", "exclusiveMaximum");
    }

    private static void write(ObjectNode schema, @Nullable End end, String inclusive, String exclusive) {
        if (end == null) {
            return;
        }
        schema.remove(end.exclusive ? inclusive : exclusive);
        String keyword = end.exclusive ? exclusive : inclusive;
        BigDecimal plain = end.value.stripTrailingZeros();
        // A number such as 1E+2 is right in JSON, but no one expects it.
        schema.put(keyword, plain.scale() < 0 && plain.precision() - plain.scale() < 20 ? plain.setScale(0) : plain);
    }
}
