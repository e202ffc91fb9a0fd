package dev.schemabus.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** JSON Schema's limits of strings, numbers and counts. Formats and content encodings count as documentation. */
final class JsonLimits {

    private JsonLimits() {}

    static void compare(JsonStep step) {
        if (step.writes(JsonType.STRING)) {
            atMost(step, "maxLength");
            atLeast(step, "minLength");
            same(step, "pattern");
        }
        if (step.writes(JsonType.NUMBER, JsonType.INTEGER)) {
            upper(step);
            lower(step);
            multiple(step);
        }
        if (step.writes(JsonType.ARRAY)) {
            atMost(step, "maxItems");
            atLeast(step, "minItems");
            unique(step);
        }
        if (step.writes(JsonType.OBJECT)) {
            atMost(step, "maxProperties");
            atLeast(step, "minProperties");
        }
    }

    private static void atMost(JsonStep step, String keyword) {
        BigDecimal reads = number(step.reading(), keyword);
        if (reads == null) {
            return;
        }
        BigDecimal writes = null;
        for (JsonPart given : step.written()) {
            BigDecimal limit = number(given, keyword);
            if (limit != null && limit.compareTo(reads) <= 0) {
                return;
            }
            writes = limit == null ? writes : limit;
        }
        step.narrower(keyword, text(keyword, reads), writes == null ? null : text(keyword, writes));
    }

    private static void atLeast(JsonStep step, String keyword) {
        BigDecimal reads = number(step.reading(), keyword);
        if (reads == null || reads.signum() <= 0) {
            return;
        }
        BigDecimal writes = null;
        for (JsonPart given : step.written()) {
            BigDecimal limit = number(given, keyword);
            if (limit != null && limit.compareTo(reads) >= 0) {
                return;
            }
            writes = limit == null ? writes : limit;
        }
        step.narrower(keyword, text(keyword, reads), writes == null ? null : text(keyword, writes));
    }

    /** Keywords whose narrowness can't be computed: the writer must have the same. */
    static void same(JsonStep step, String keyword) {
        JsonNode reads = step.reading().node().get(keyword);
        if (reads == null) {
            return;
        }
        JsonNode writes = null;
        for (JsonPart given : step.written()) {
            JsonNode value = given.node().get(keyword);
            if (JsonTypes.same(reads, value)) {
                return;
            }
            writes = value == null ? writes : value;
        }
        step.narrower(keyword, keyword + ' ' + reads, writes == null ? null : keyword + ' ' + writes);
    }

    private static void unique(JsonStep step) {
        if (step.reading().node().path("uniqueItems").booleanValue()
                && step.written().stream()
                        .noneMatch(given -> given.node().path("uniqueItems").booleanValue())) {
            step.narrower("uniqueItems", "uniqueItems", null);
        }
    }

    private static void multiple(JsonStep step) {
        BigDecimal reads = number(step.reading(), "multipleOf");
        if (reads == null || reads.signum() <= 0) {
            return;
        }
        BigDecimal writes = null;
        for (JsonPart given : step.written()) {
            BigDecimal divisor = number(given, "multipleOf");
            if (divisor != null && divisor.remainder(reads).signum() == 0) {
                return;
            }
            writes = divisor == null ? writes : divisor;
        }
        if (!step.writes(JsonType.NUMBER) && BigDecimal.ONE.remainder(reads).signum() == 0) {
            return; // every integer is a multiple of 1, 0.5, …
        }
        step.narrower("multipleOf", text("multipleOf", reads), writes == null ? null : text("multipleOf", writes));
    }

    /** A bound of a number; {@code keyword} is where it is written. */
    private record Bound(String keyword, BigDecimal value, boolean exclusive) {

        String text() {
            return JsonLimits.text(keyword, value)
                    + (exclusive && !keyword.startsWith("exclusive") ? " (exclusive)" : "");
        }
    }

    private static void upper(JsonStep step) {
        bound(step, "maximum", "exclusiveMaximum", 1);
    }

    private static void lower(JsonStep step) {
        bound(step, "minimum", "exclusiveMinimum", -1);
    }

    private static void bound(JsonStep step, String inclusive, String exclusive, int sign) {
        Bound reads = bound(step.reading(), inclusive, exclusive, sign);
        if (reads == null) {
            return;
        }
        Bound writes = null;
        for (JsonPart given : step.written()) {
            Bound bound = bound(given, inclusive, exclusive, sign);
            if (bound != null && !isWider(bound, reads, sign)) {
                return;
            }
            writes = bound == null ? writes : bound;
        }
        step.narrower(reads.keyword(), reads.text(), writes == null ? null : writes.text());
    }

    /** Whether the first bound lets through values that the second doesn't. */
    private static boolean isWider(Bound one, Bound other, int sign) {
        int order = one.value().compareTo(other.value()) * sign;
        return order > 0 || (order == 0 && other.exclusive() && !one.exclusive());
    }

    /** The narrower of both keywords; in draft 4 the exclusive one is a flag. */
    private static @Nullable Bound bound(JsonPart part, String inclusive, String exclusive, int sign) {
        BigDecimal limit = number(part, inclusive);
        BigDecimal open = number(part, exclusive);
        Bound closed = limit == null
                ? null
                : new Bound(inclusive, limit, part.node().path(exclusive).booleanValue());
        if (open == null) {
            return closed;
        }
        Bound beyond = new Bound(exclusive, open, true);
        return closed == null || isWider(closed, beyond, sign) ? beyond : closed;
    }

    private static @Nullable BigDecimal number(JsonPart part, String keyword) {
        JsonNode value = part.node().get(keyword);
        return value == null || !value.isNumber() ? null : value.decimalValue();
    }

    private static String text(String keyword, BigDecimal value) {
        return keyword + ' ' + value.stripTrailingZeros().toPlainString();
    }
}
