package dev.schemabus.codec;

/** What a JSON Schema asserts about a plain value beyond its type. */
interface JsonCheck {

    /**
     * Looks at a value.
     *
     * @param plain of the Java type of its {@link dev.schemabus.schema.Scalar}
     * @throws PathException if it breaks the schema; the message never holds the value
     */
    void test(Object plain);

    /** The one way to say it. */
    static PathException broken(String what, String keyword, Object limit) {
        return new PathException(what + " that breaks " + keyword + " " + limit + " of the schema");
    }
}
