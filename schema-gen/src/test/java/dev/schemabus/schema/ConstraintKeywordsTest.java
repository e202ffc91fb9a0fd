package dev.schemabus.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import jakarta.validation.Constraint;
import jakarta.validation.Payload;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Negative;
import jakarta.validation.constraints.NegativeOrZero;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Past;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import jakarta.validation.constraints.Size;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConstraintKeywordsTest {

    @Target({ElementType.FIELD, ElementType.METHOD, ElementType.PARAMETER})
    @Retention(RetentionPolicy.RUNTIME)
    @Constraint(validatedBy = {})
    @Size(min = 3, max = 3)
    @Pattern(regexp = "[A-Z]*")
    @interface CurrencyCode {
        String message() default "";

        Class<?>[] groups() default {};

        Class<? extends Payload>[] payload() default {};
    }

    interface OnlyOnUpdate {}

    @SuppressWarnings("ArrayRecordComponent") // schemas don't compare values
    record Constrained(
            @Size(min = 2, max = 5) String sized,
            @NotEmpty String notEmpty,
            @NotBlank String notBlank,
            @Pattern(regexp = "[a-z]+|x") String pattern,
            @Pattern(regexp = "^[a-z]+$") String anchored,

            @Pattern(regexp = "[a-z]+", flags = Pattern.Flag.CASE_INSENSITIVE)
            String flagged,

            @Pattern(regexp = "\\p{Lu}++") String javaOnly,
            @Email String email,
            @CurrencyCode String currency,
            @Min(1) int min,
            @Max(9) long max,
            @Min(-9_999_999_999L) int wide,
            @Positive int positive,
            @PositiveOrZero double positiveOrZero,
            @Negative float negative,
            @NegativeOrZero long negativeOrZero,

            @DecimalMin("0.5") @DecimalMax(value = "99.5", inclusive = false)
            double between,

            @Digits(integer = 4, fraction = 2) @Decimal(precision = 6, scale = 2)
            BigDecimal digits,

            @Digits(integer = 3, fraction = 0) int whole,
            @AssertTrue boolean accepted,
            @Size(max = 4) byte[] bytes,
            @Size(min = 1) List<@Size(max = 3) String> tags,
            @NotEmpty Map<String, @Positive Integer> counts,
            Optional<@Email String> contact,
            @Nullable @Size(max = 3) String nullable,
            List<Map<String, List<@Min(0) Integer>>> deep,
            @NotNull Optional<String> notNull,
            @Past Instant past,
            @Size(max = 3, groups = OnlyOnUpdate.class) String grouped,
            @Nullable @Size(min = 1) List<String> nullableList,
            @Min(1) OptionalInt optionalInt,
            @Size(max = 3) String[] array,
            @Size(max = 2) int[] ints,
            Set<@Email String> emails,
            Map<@Size(max = 3) String, Integer> byCode,
            Sku sku,
            Box<String> box) {}

    @Value
    record Sku(@Pattern(regexp = "[A-Z]{3}") String code) {}

    record Box<T>(@Size(max = 2) List<T> items, @NotEmpty List<@Size(max = 9) String> notes) {}

    private static JsonNode property(String name) throws Exception {
        String schema = SchemaGenerator.standard()
                .generate(Constrained.class, SchemaFormat.JSON)
                .text();
        return new ObjectMapper().readTree(schema).at("/properties/" + name);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "sized          ~ {'type':'string','minLength':2,'maxLength':5}",
                "notEmpty       ~ {'type':'string','minLength':1}",
                "pattern        ~ {'type':'string','pattern':'^(?:[a-z]+|x)$'}",
                "anchored       ~ {'type':'string','pattern':'^[a-z]+$'}",
                "flagged        ~ {'type':'string','$comment':'Java pattern [CASE_INSENSITIVE] [a-z]+'}",
                "javaOnly       ~ {'type':'string','$comment':'Java pattern \\\\p{Lu}++'}",
                "email          ~ {'type':'string','format':'email'}",
                "currency       ~ {'type':'string','minLength':3,'maxLength':3,'pattern':'^(?:[A-Z]*)$'}",
                "min            ~ {'type':'integer','minimum':1,'maximum':2147483647}",
                "max            ~ {'type':'integer','maximum':9}",
                "wide           ~ {'type':'integer','minimum':-2147483648,'maximum':2147483647}",
                "positive       ~ {'type':'integer','maximum':2147483647,'exclusiveMinimum':0}",
                "positiveOrZero ~ {'type':'number','minimum':0}",
                "negative       ~ {'type':'number','exclusiveMaximum':0}",
                "negativeOrZero ~ {'type':'integer','maximum':0}",
                "between        ~ {'type':'number','minimum':0.5,'exclusiveMaximum':99.5}",
                "digits         ~ {'type':'number','exclusiveMinimum':-10000,'exclusiveMaximum':10000}",
                "whole          ~ {'type':'integer','exclusiveMinimum':-1000,'exclusiveMaximum':1000}",
                "accepted       ~ {'type':'boolean','const':true}",
                "bytes          ~ {'type':'string','contentEncoding':'base64','maxLength':8}",
                "tags           ~ {'type':'array','items':{'type':'string','maxLength':3},'minItems':1}",
                "counts         ~ {'type':'object','additionalProperties':{'type':'integer','maximum':2147483647,"
                        + "'exclusiveMinimum':0},'minProperties':1}",
                "contact        ~ {'oneOf':[{'type':'null'},{'type':'string','format':'email'}]}",
                "nullable       ~ {'oneOf':[{'type':'null'},{'type':'string','maxLength':3}]}",
                "deep           ~ {'type':'array','items':{'type':'object','additionalProperties':{'type':'array',"
                        + "'items':{'type':'integer','maximum':2147483647,'minimum':0}}}}",
                "notNull        ~ {'oneOf':[{'type':'null'},{'type':'string'}]}",
                "past           ~ {'type':'string','format':'date-time'}",
                "grouped        ~ {'type':'string'}",
                "nullableList   ~ {'oneOf':[{'type':'null'},{'type':'array','items':{'type':'string'},'minItems':1}]}",
                "optionalInt    ~ {'oneOf':[{'type':'null'},{'type':'integer','maximum':2147483647,'minimum':1}]}",
                "array          ~ {'type':'array','items':{'type':'string'},'maxItems':3}",
                "ints           ~ {'type':'array','items':{'type':'integer','minimum':-2147483648,"
                        + "'maximum':2147483647},'maxItems':2}",
                "emails         ~ {'type':'array','items':{'type':'string','format':'email'},'uniqueItems':true}",
                "byCode         ~ {'type':'object','additionalProperties':{'type':'integer','minimum':-2147483648,"
                        + "'maximum':2147483647},'propertyNames':{'maxLength':3}}",
                "sku            ~ {'type':'string','pattern':'^(?:[A-Z]{3})$'}"
            })
    void aConstraintBecomesKeywords(String component, String expected) throws Exception {
        assertThat(property(component)).isEqualTo(new ObjectMapper().readTree(expected.replace('\'', '"')));
    }

    @ParameterizedTest
    @CsvSource({"' \t', false", "'', false", "'a', true", "' a ', true", "'\u3000', true"})
    void aBlankTextIsRefusedByTheSchemaWhereJakartaRefusesIt(String text, boolean valid) throws Exception {
        var schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
                .getSchema(property("notBlank").toString(), InputFormat.JSON);

        assertThat(schema.validate(new ObjectMapper().writeValueAsString(text), InputFormat.JSON)
                        .isEmpty())
                .isEqualTo(valid);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "[A-Z]{2}\\d{2,}(?:-[a-z&]+?)?",
                "a|b\\.c\\/d",
                "^x$",
                "[\\w.+-]+@[\\w-]+\\.[a-z]{2,}",
                "(?=.*\\d).{8,}",
                "\\u00e4\\x41",
            })
    void aPatternThatBothDialectsReadAlikeIsPortable(String regex) {
        assertThat(new JavaPattern(regex, List.of()).isPortable()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "\\p{L}+",
                "a++",
                "a?+",
                "(?i)a",
                "(?<n>a)",
                "(?>a)",
                "\\Qa.b\\E",
                "\\Aa\\z",
                "[a[b]]",
                "[a-z&&[^b]]",
                "\\h",
                "\\R",
                "\\e",
                "\\-",
                "a{",
                "]",
                "(?<=a)b",
            })
    void aPatternThatJavaReadsInItsOwnWayIsNot(String regex) {
        assertThat(new JavaPattern(regex, List.of()).isPortable()).isFalse();
    }

    @Test
    void aGenericRecordKeepsTheConstraintsOfItsComponents() throws Exception {
        String schema = SchemaGenerator.standard()
                .generate(Constrained.class, SchemaFormat.JSON)
                .text();
        JsonNode box = new ObjectMapper()
                .readTree(schema)
                .at("/definitions/dev.schemabus.schema.ConstraintKeywordsTest.Box_String/properties");

        assertThat(box.toString())
                .isEqualTo("{'items':{'type':'array','items':{'type':'string'},'maxItems':2},".replace('\'', '"')
                        + "'notes':{'type':'array','items':{'type':'string','maxLength':9},'minItems':1}}"
                                .replace('\'', '"'));
    }

    record SizedNumber(@Size(max = 3) int count) {}

    record PatternedElements(List<@Pattern(regexp = "a") Integer> counts) {}

    record SizedOptional(@Size(max = 3) Optional<String> note) {}

    record Line(int count) {}

    record PositiveRecord(@Positive Line line) {}

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SizedNumber       | SizedNumber.count: @Size says nothing about int: it stands in front of text,"
                        + " a collection, a map or an array, so drop it",
                "PatternedElements | PatternedElements.counts[]: @Pattern says nothing about Integer: it stands in"
                        + " front of text, so drop it",
                "SizedOptional     | SizedOptional.note: @Size says nothing about Optional: it stands in front of"
                        + " text, a collection, a map or an array, so put it in front of the value, as in"
                        + " Optional<@Size …>",
                "PositiveRecord    | PositiveRecord.line: @Positive says nothing about Line: it stands in front of a"
                        + " number, so drop it"
            })
    void aConstraintOnAnotherTypeIsAnError(String record, String message) throws Exception {
        Class<?> type = Class.forName(ConstraintKeywordsTest.class.getName() + '$' + record);

        assertThatThrownBy(() -> SchemaGenerator.standard().generate(type, SchemaFormat.JSON))
                .isInstanceOf(SchemaException.class)
                .hasMessage(message);
    }

    @Test
    void notNullDoesNotMakeAnOptionalComponentRequired() throws Exception {
        String schema = SchemaGenerator.standard()
                .generate(Constrained.class, SchemaFormat.JSON)
                .text();

        assertThat(new ObjectMapper().readTree(schema).get("required").toString())
                .contains("\"sized\"")
                .doesNotContain("notNull");
    }
}
