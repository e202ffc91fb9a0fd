package dev.schemabus.schema;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.github.victools.jsonschema.generator.Option;
import com.github.victools.jsonschema.generator.OptionPreset;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfig;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfigBuilder;
import com.github.victools.jsonschema.generator.SchemaVersion;

/**
 * Renders one shape as a JSON Schema. What it says is decided by the {@link Shape} ({@link ShapeModule}) and by the
 * constraints on its components ({@link Constraints}); victools walks the records, keeps the definitions and knows the
 * keywords of each draft.
 *
 * <p>Decimals are JSON numbers; dates, times, UUIDs and URIs are strings with a {@code format} (see
 * {@link LogicalTypes}).
 */
final class JsonRenderer {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Constraints CONSTRAINTS = Constraints.available();

    private final JsonSettings settings;

    JsonRenderer(JsonSettings settings) {
        this.settings = settings;
    }

    EventSchema render(Shape shape) {
        if (!(shape instanceof RecordShape || shape instanceof Shape.OfUnion)) {
            throw new IllegalArgumentException("The root of a schema is a record or a sealed interface: " + shape);
        }
        if (settings.dialect() == JsonDialect.DRAFT_3) {
            return draft3(shape);
        }
        var victools = new com.github.victools.jsonschema.generator.SchemaGenerator(config());
        return EventSchema.of(
                SchemaFormat.JSON, victools.generateSchema(ShapeType.of(shape)).toString());
    }

    private EventSchema draft3(Shape shape) {
        try {
            return new Draft3Renderer(settings.closed()).render(shape);
        } catch (NoClassDefFoundError e) {
            throw new SchemaException(
                    "JsonDialect.DRAFT_3 is written by a library that is missing here: add"
                            + " com.fasterxml.jackson.module:jackson-module-jsonSchema, or choose another dialect",
                    e);
        }
    }

    private SchemaGeneratorConfig config() {
        SchemaGeneratorConfigBuilder builder = new SchemaGeneratorConfigBuilder(
                JSON,
                version(),
                new OptionPreset(
                        Option.SCHEMA_VERSION_INDICATOR,
                        Option.DEFINITIONS_FOR_ALL_OBJECTS,
                        Option.NONPUBLIC_NONSTATIC_FIELDS_WITH_GETTERS,
                        Option.NONPUBLIC_NONSTATIC_FIELDS_WITHOUT_GETTERS));
        CONSTRAINTS.register(builder);
        return builder.with(new ShapeModule(settings.closed(), CONSTRAINTS)).build();
    }

    private SchemaVersion version() {
        return switch (settings.dialect()) {
            case DRAFT_7 -> SchemaVersion.DRAFT_7;
            case DRAFT_2019_09 -> SchemaVersion.DRAFT_2019_09;
            case DRAFT_2020_12 -> SchemaVersion.DRAFT_2020_12;
            case DRAFT_3 -> throw new IllegalArgumentException("victools knows no draft 3");
        };
    }
}
