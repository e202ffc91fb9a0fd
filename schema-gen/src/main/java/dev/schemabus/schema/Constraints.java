package dev.schemabus.schema;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfigBuilder;

/** Where the constraints on a type's use come from. */
interface Constraints {

    /** Without Jakarta Validation nobody can have written a constraint. */
    Constraints NONE = new Constraints() {
        @Override
        public void register(SchemaGeneratorConfigBuilder builder) {}

        @Override
        public void check(Shape shape, TypePart use) {}

        @Override
        public void addTo(ObjectNode schema, Shape shape, TypePart use, ComponentSchema component) {}
    };

    /** Those of Jakarta Validation if it is on the class path, else none. */
    static Constraints available() {
        try {
            return JakartaConstraints.load();
        } catch (NoClassDefFoundError e) {
            return NONE;
        }
    }

    /** Says to victools where to find them. */
    void register(SchemaGeneratorConfigBuilder builder);

    /**
     * Refuses constraints that say nothing about the shape they stand at.
     *
     * @throws SchemaException if there is one
     */
    void check(Shape shape, TypePart use);

    /** Adds to a schema what the constraints on this use say. */
    void addTo(ObjectNode schema, Shape shape, TypePart use, ComponentSchema component);
}
