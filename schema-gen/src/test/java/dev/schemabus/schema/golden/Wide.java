package dev.schemabus.schema.golden;

import dev.schemabus.schema.Decimal;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** A record with 50 components. */
public final class Wide {

    private Wide() {}

    @Golden
    record FiftyComponents(
            String c00,
            int c01,
            long c02,
            double c03,
            boolean c04,
            Optional<String> c05,
            List<String> c06,
            Instant c07,
            UUID c08,
            @Decimal(precision = 12, scale = 2) BigDecimal c09,
            String c10,
            int c11,
            long c12,
            double c13,
            boolean c14,
            Optional<String> c15,
            List<String> c16,
            Instant c17,
            UUID c18,
            @Decimal(precision = 12, scale = 2) BigDecimal c19,
            String c20,
            int c21,
            long c22,
            double c23,
            boolean c24,
            Optional<String> c25,
            List<String> c26,
            Instant c27,
            UUID c28,
            @Decimal(precision = 12, scale = 2) BigDecimal c29,
            String c30,
            int c31,
            long c32,
            double c33,
            boolean c34,
            Optional<String> c35,
            List<String> c36,
            Instant c37,
            UUID c38,
            @Decimal(precision = 12, scale = 2) BigDecimal c39,
            String c40,
            int c41,
            long c42,
            double c43,
            boolean c44,
            Optional<String> c45,
            List<String> c46,
            Instant c47,
            UUID c48,
            @Decimal(precision = 12, scale = 2) BigDecimal c49) {}
}
