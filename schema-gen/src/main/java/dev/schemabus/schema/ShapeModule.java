package dev.schemabus.schema;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.victools.jsonschema.generator.ConfigFunction;
import com.github.victools.jsonschema.generator.CustomDefinition;
import com.github.victools.jsonschema.generator.CustomPropertyDefinition;
import com.github.victools.jsonschema.generator.FieldScope;
import com.github.victools.jsonschema.generator.Module;
import com.github.victools.jsonschema.generator.SchemaGenerationContext;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfigBuilder;
import com.github.victools.jsonschema.generator.TypeScope;
import com.github.victools.jsonschema.generator.impl.DefinitionKey;
import com.github.victools.jsonschema.generator.naming.SchemaDefinitionNamingStrategy;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Answers every question of victools from the {@link Shape}: what a record and its components are called, in which
 * order they stand, what is required, what a component's schema is. Stateless: the shapes travel in
 * {@link ShapeType}s.
 *
 * @param closed whether objects refuse properties that the schema doesn't name
 */
record ShapeModule(boolean closed, Constraints constraints) implements Module {

    @Override
    public void applyToConfigBuilder(SchemaGeneratorConfigBuilder builder) {
        builder.forTypesInGeneral()
                .withDefinitionNamingStrategy(new FullNames())
                .withTitleResolver(ofRecord(record -> Optional.of(record.fullName())))
                .withDescriptionResolver(ofRecord(RecordShape::doc))
                .withAdditionalPropertiesResolver(scope -> closed && ShapeType.at(scope) != null ? Void.class : null)
                .withPropertySorter(Comparator.comparingInt(
                        member -> ShapeType.declaring(member).indexOf(member)))
                .withTypeAttributeOverride(ShapeModule::addDiscriminator)
                .withCustomDefinitionProvider((type, context) ->
                        type instanceof ShapeType known && known.shape() instanceof Shape.OfUnion union
                                ? new CustomDefinition(
                                        union(union, context),
                                        CustomDefinition.DefinitionType.STANDARD,
                                        CustomDefinition.AttributeInclusion.NO)
                                : null);
        builder.forFields()
                .withPropertyNameOverrideResolver(field -> component(field).name())
                .withRequiredCheck(field -> !component(field).hasDefault())
                .withDescriptionResolver(field -> component(field).doc().orElse(null))
                .withTargetTypeOverridesResolver(field ->
                        component(field).shape() instanceof RecordShape record ? List.of(ShapeType.of(record)) : null)
                .withCustomDefinitionProvider(this::property);
    }

    private static Component component(FieldScope field) {
        return ShapeType.declaring(field).component(field);
    }

    private static ConfigFunction<TypeScope, @Nullable String> ofRecord(
            Function<RecordShape, Optional<String>> question) {
        return scope -> {
            ShapeType type = ShapeType.at(scope);
            RecordShape record = type == null ? null : type.record();
            return record == null ? null : question.apply(record).orElse(null);
        };
    }

    private @Nullable CustomPropertyDefinition property(FieldScope field, SchemaGenerationContext context) {
        ObjectNode schema = new ComponentSchema(field, context, constraints).render();
        if (schema == null) {
            return null;
        }
        Component component = component(field);
        component.doc().ifPresent(doc -> schema.put("description", doc));
        component.defaultValue().ifPresent(value -> schema.set("default", JsonValues.json(component.shape(), value)));
        return new CustomPropertyDefinition(schema, CustomDefinition.AttributeInclusion.NO);
    }

    private static ObjectNode union(Shape.OfUnion union, SchemaGenerationContext context) {
        ObjectNode schema = context.getGeneratorConfig().createObjectNode();
        schema.put("title", union.fullName());
        union.doc().ifPresent(doc -> schema.put("description", doc));
        schema.set("oneOf", ComponentSchema.branches(union, context));
        return schema;
    }

    /** Puts the property that tells branches apart before the branch's own. */
    private static void addDiscriminator(ObjectNode schema, TypeScope scope, SchemaGenerationContext context) {
        ShapeType type = ShapeType.at(scope);
        if (type == null || !type.isBranch() || !(type.shape() instanceof RecordShape record)) {
            return;
        }
        ObjectNode properties = schema.objectNode();
        properties.putObject(Shape.OfUnion.DISCRIMINATOR).put("const", Shape.OfUnion.branchName(record));
        properties.setAll(schema.withObjectProperty("properties"));
        ArrayNode required = schema.arrayNode().add(Shape.OfUnion.DISCRIMINATOR);
        required.addAll(schema.withArrayProperty("required"));
        schema.set("properties", properties);
        schema.set("required", required);
    }

    /** Definitions are called like the records, so that a schema reads the same wherever it is generated. */
    private static final class FullNames implements SchemaDefinitionNamingStrategy {

        /** No name in Java has a hyphen. */
        private static final String BRANCH = "-branch";

        @Override
        public String getDefinitionNameForKey(DefinitionKey key, SchemaGenerationContext context) {
            if (key.getType() instanceof ShapeType type && type.shape() instanceof RecordShape record) {
                return record.fullName() + (type.isBranch() ? BRANCH : "");
            }
            return key.getType().getErasedType().getCanonicalName();
        }

        @Override
        public void adjustDuplicateNames(Map<DefinitionKey, String> names, SchemaGenerationContext context) {
            // There are none: two types of one name are refused when the shape is read.
        }
    }
}
