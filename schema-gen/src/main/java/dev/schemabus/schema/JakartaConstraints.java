package dev.schemabus.schema;

import com.fasterxml.classmate.ResolvedType;
import com.fasterxml.classmate.TypeBindings;
import com.fasterxml.classmate.types.ResolvedObjectType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.victools.jsonschema.generator.MemberScope;
import com.github.victools.jsonschema.generator.SchemaGenerationContext;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfigBuilder;
import com.github.victools.jsonschema.generator.impl.AttributeCollector;
import com.github.victools.jsonschema.module.jakarta.validation.JakartaValidationModule;
import com.github.victools.jsonschema.module.jakarta.validation.JakartaValidationOption;
import jakarta.validation.Constraint;
import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.groups.Default;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Constraints of Jakarta Validation as keywords. Which constraint becomes which keyword is victools' knowledge; its module
 * is asked once for each use of a type, at any depth, and only sees the annotations of that use. Ours: patterns,
 * {@code @Digits}, and what a keyword does to a schema that has bounds already.
 *
 * <p>Only constraints of the default group count: others don't hold for every event. {@code @NotNull} says nothing here,
 * because the shape decides what is required.
 */
final class JakartaConstraints extends JakartaValidationModule implements Constraints {

    private static final Map<String, Set<String>> KEYWORDS = Map.of(
            "string", Set.of("minLength", "maxLength", "pattern", "format", "$comment"),
            "array", Set.of("minItems", "maxItems"),
            "object", Set.of("minProperties", "maxProperties"),
            "boolean", Set.of("const"),
            "number", Set.of("multipleOf"));
    private static final Set<String> NUMBERS = Set.of("integer", "number");

    private final Class<? extends Annotation> constraint;

    private JakartaConstraints(Class<? extends Annotation> constraint) {
        super(JakartaValidationOption.INCLUDE_PATTERN_EXPRESSIONS);
        this.constraint = constraint;
    }

    /**
     * Fails at once, not at the first annotation, if the API isn't there.
     *
     * @throws NoClassDefFoundError if it isn't
     */
    static JakartaConstraints load() {
        return new JakartaConstraints(Constraint.class);
    }

    @Override
    public void register(SchemaGeneratorConfigBuilder builder) {
        builder.with(this);
    }

    @Override
    public void check(Shape shape, TypePart use) {
        ConstraintTargets.check(shape, use);
    }

    @Override
    public void addTo(ObjectNode schema, Shape shape, TypePart use, ComponentSchema component) {
        if (use.annotated().stream().allMatch(element -> element.getAnnotations().length == 0)) {
            return;
        }
        ObjectNode found = AttributeCollector.collectFieldAttributes(
                component.field().withOverriddenType(new ConstrainedType(shape, use)), component.context());
        String type = schema.path("type").asText();
        if (NUMBERS.contains(type)) {
            NumberBounds.of(schema).tightenedBy(found).writeTo(schema);
        }
        for (Map.Entry<String, JsonNode> keyword : found.properties()) {
            if (KEYWORDS.getOrDefault(type, Set.of()).contains(keyword.getKey())) {
                schema.set(keyword.getKey(), keyword.getValue());
            }
        }
        if (schema.has("contentEncoding")) {
            toBase64(schema, "minLength");
            toBase64(schema, "maxLength");
        }
    }

    /** A size in bytes as the length of the text that they become. */
    private static void toBase64(ObjectNode schema, String keyword) {
        if (schema.has(keyword)) {
            long bytes = schema.get(keyword).longValue();
            schema.put(keyword, (bytes + 2) / 3 * 4);
        }
    }

    /** The one place where victools' module looks for annotations. */
    @Override
    protected <A extends Annotation> @Nullable A getAnnotationFromFieldOrGetter(
            MemberScope<?, ?> member, Class<A> type, Function<A, Class<?>[]> groups) {
        if (!(member.getOverriddenType() instanceof ConstrainedType constrained)) {
            return null;
        }
        A found = find(constrained.use.annotated(), type);
        return found != null && isDefault(groups.apply(found)) ? found : null;
    }

    private static boolean isDefault(Class<?>[] groups) {
        return groups.length == 0 || List.of(groups).contains(Default.class);
    }

    /** Also finds what a constraint of one's own is composed of. */
    private <A extends Annotation> @Nullable A find(List<? extends AnnotatedElement> elements, Class<A> type) {
        for (AnnotatedElement element : elements) {
            A direct = element.getAnnotation(type);
            if (direct != null) {
                return direct;
            }
            for (Annotation other : element.getAnnotations()) {
                if (other.annotationType().isAnnotationPresent(constraint)) {
                    A composed = find(List.of(other.annotationType()), type);
                    if (composed != null) {
                        return composed;
                    }
                }
            }
        }
        return null;
    }

    /** A pattern that validators would read in another way stays a comment. */
    @Override
    protected @Nullable String resolveStringPattern(MemberScope<?, ?> member) {
        return patternOf(member)
                .filter(JavaPattern::isPortable)
                .map(JavaPattern::anchored)
                .orElse(null);
    }

    @Override
    protected void overrideInstanceAttributes(
            ObjectNode keywords, MemberScope<?, ?> member, SchemaGenerationContext context) {
        super.overrideInstanceAttributes(keywords, member, context);
        patternOf(member)
                .filter(pattern -> !pattern.isPortable())
                .ifPresent(pattern -> keywords.put("$comment", pattern.comment()));
        Digits digits = getAnnotationFromFieldOrGetter(member, Digits.class, Digits::groups);
        if (digits != null) {
            BigDecimal limit = BigDecimal.ONE.scaleByPowerOfTen(digits.integer());
            NumberBounds.of(keywords).within(limit.negate(), limit).writeTo(keywords);
            if (digits.fraction() == 0) {
                keywords.put("multipleOf", 1);
            }
        }
    }

    private Optional<JavaPattern> patternOf(MemberScope<?, ?> member) {
        Pattern pattern = getAnnotationFromFieldOrGetter(member, Pattern.class, Pattern::groups);
        if (pattern != null) {
            return Optional.of(new JavaPattern(pattern.regexp(), List.of(pattern.flags())));
        }
        Email email = getAnnotationFromFieldOrGetter(member, Email.class, Email::groups);
        if (email != null && !email.regexp().equals(".*")) {
            return Optional.of(new JavaPattern(email.regexp(), List.of(email.flags())));
        }
        boolean notBlank = getAnnotationFromFieldOrGetter(member, NotBlank.class, NotBlank::groups) != null;
        return notBlank ? Optional.of(JavaPattern.NOT_BLANK) : Optional.empty();
    }

    /** A type that brings along where it is declared. Bytes pass as text, which they are in JSON, arrays as lists. */
    private static final class ConstrainedType extends ResolvedObjectType {

        private final TypePart use;

        ConstrainedType(Shape shape, TypePart use) {
            super(
                    shape instanceof Shape.OfList
                            ? List.class
                            : shape.javaType() == byte[].class ? CharSequence.class : shape.javaType(),
                    TypeBindings.emptyBindings(),
                    null,
                    ResolvedType.NO_TYPES);
            this.use = use;
        }
    }
}
