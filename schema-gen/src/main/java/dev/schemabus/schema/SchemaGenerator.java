package dev.schemabus.schema;

import java.util.function.Function;

/**
 * Makes schemas from records and sealed interfaces. Immutable; results are kept with the class, so asking again costs a
 * look-up and classes can still unload.
 *
 * <p>In JSON Schemas, constraints of Jakarta Validation ({@code @Size}, {@code @Min}, {@code @Pattern} …) become keywords.
 */
public final class SchemaGenerator {

    private static final SchemaGenerator STANDARD = new SchemaGenerator(
            new Settings(type -> LogicalTypes.installed(type.getClassLoader()), JsonSettings.STANDARD, Sharing.MARKED));

    private final Settings settings;
    private final ClassValue<Shape> shapes;
    private final ClassValue<EventSchema> avro;
    private final ClassValue<EventSchema> json;

    /** @param logicalTypes those for an event class */
    private record Settings(Function<Class<?>, LogicalTypes> logicalTypes, JsonSettings json, Sharing sharing) {}

    private SchemaGenerator(Settings settings) {
        this.settings = settings;
        shapes = new ClassValue<>() {
            @Override
            protected Shape computeValue(Class<?> type) {
                return new ShapeReader(settings.logicalTypes().apply(type)).root(type);
            }
        };
        avro = new ClassValue<>() {
            @Override
            protected EventSchema computeValue(Class<?> type) {
                return schemas(SchemaFormat.AVRO).of(shape(type));
            }
        };
        json = new ClassValue<>() {
            @Override
            protected EventSchema computeValue(Class<?> type) {
                return schemas(SchemaFormat.JSON).of(shape(type));
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
        return new SchemaGenerator(new Settings(type -> types, settings.json(), settings.sharing()));
    }

    /** A generator like this one whose JSON Schemas are in another dialect than {@link JsonDialect#DRAFT_7}. */
    public SchemaGenerator withJsonDialect(JsonDialect dialect) {
        return with(settings.json().in(dialect));
    }

    /**
     * A generator like this one whose JSON Schemas let objects have properties that no component names. Without it they are
     * closed: only then is a new optional component a backward compatible change.
     */
    public SchemaGenerator withOpenContent() {
        return with(settings.json().open());
    }

    private SchemaGenerator with(JsonSettings json) {
        return new SchemaGenerator(new Settings(settings.logicalTypes(), json, settings.sharing()));
    }

    /**
     * A generator like this one with more types whose schemas stand on their own, as if they were marked with
     * {@link Shared}.
     *
     * @throws SchemaException if one is neither a record nor an enum
     */
    public SchemaGenerator withShared(Class<?>... types) {
        return new SchemaGenerator(new Settings(
                settings.logicalTypes(), settings.json(), settings.sharing().with(types)));
    }

    private ReferringSchemas schemas(SchemaFormat format) {
        return new ReferringSchemas(format, settings.sharing(), shape -> switch (format) {
            case AVRO -> new AvroRenderer().render(shape);
            case JSON -> new JsonRenderer(settings.json()).render(shape);
        });
    }

    /**
     * The schema of a record, or of a sealed interface over records (in Avro a union, in JSON a {@code oneOf}). The same
     * class gives the same text in every JVM. It refers to the types in it that are {@link Shared}.
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
