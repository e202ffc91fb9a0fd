package dev.schemabus.schema;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The precision and scale of a {@link java.math.BigDecimal}, or the precision of a {@link java.math.BigInteger}: they
 * can't be written without. Stands on the type, so it also works inside a list:
 * {@code List<@Decimal(precision = 12, scale = 2) BigDecimal>}. See also {@link Fixed}.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE_USE})
public @interface Decimal {

    /** How many digits altogether, at least 1. */
    int precision();

    /** How many of them follow the point, from 0 to the precision. A {@link java.math.BigInteger} has none. */
    int scale() default 0;
}
