package dev.schemabus.schema;

import java.util.function.Function;

/**
 * Makes schemas from records and sealed interfaces. Immutable; results are kept with the class, so asking again costs a
 * look-up and classes can still unload.
 */
public final class SchemaGenerator {

    private static final SchemaGenerator STANDARD = new SchemaGenerator(
            type -> LogicalTypes.installed(type.getClassLoader()), JsonSettings.STANDARD);

    private final Function<Class<?>, LogicalTypes> logicalTypes;
    private final JsonSettings settings;
    private final ClassValue<Shape> shapes;
    private final ClassValue<EventSchema> avro;
    private final ClassValue<EventSchema> json;

    private SchemaGenerator(Function<Class<?>, LogicalTypes> logicalTypes, JsonSettings settings) {
        this.logicalTypes = logicalTypes;
        this.settings = settings;
        shapes = new ClassValue<>() {
            @Override
            protected Shape computeValue(Class<?> type) {
                return new ShapeReader(logicalTypes.apply(type)).root(type);
            }
        };
        avro = new ClassValue<>() {
            @Override
            protected EventSchema computeValue(Class<?> type) {
                return new AvroRenderer().render(shape(type));
            }
        };
        json = new ClassValue<>() {
            @Override
            protected EventSchema computeValue(Class<?> type) {
                return new JsonRenderer(settings).render(shape(type));
            }
        };
    }

    /**
     * The generator with the standard logical types and those that an event class' loader offers as services, see
     * {@link LogicalTypes#installed}.
     */
    public static SchemaGenerator standard() {
        return STANDARD;
    }

    /** A generator like this one that knows these logical types and no others. */
    public SchemaGenerator withLogicalTypes(LogicalTypes types) {
        return new SchemaGenerator(type -> types, settings);
    }

    /** A generator like this one whose JSON Schemas are in another dialect than {@link JsonDialect#DRAFT_7}. */
    public SchemaGenerator withJsonDialect(JsonDialect dialect) {
        return new SchemaGenerator(logicalTypes, settings.in(dialect));
    }

    /**
     * A generator like this one whose JSON Schemas let objects have properties that no component names. Without it they are
     * closed: only then is a new optional component a backward compatible change.
     */
    public SchemaGenerator withOpenContent() {
        return new SchemaGenerator(logicalTypes, settings.open());
    }

    /**
     * The schema of a record, or of a sealed interface over records (in Avro a union, in JSON a {@code oneOf}). The same
     * class gives the same text in every JVM.
     *
     * @throws SchemaException if the declaration can't be rendered; the message says which component and what to change
     */
    public EventSchema generate(Class<?> type, SchemaFormat format) {
        return switch (format) {
            case AVRO -> avro.get(type);
            case JSON -> json.get(type);
        };
    }

    /**
     * Internal: the shape that renderers and codecs share.
     *
     * @throws SchemaException as {@link #generate}
     */
    public Shape shape(Class<?> type) {
        return shapes.get(type);
    }
}
