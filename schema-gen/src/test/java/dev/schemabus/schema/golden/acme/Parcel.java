package dev.schemabus.schema.golden.acme;

import dev.schemabus.schema.Name;
import dev.schemabus.schema.Namespace;
import dev.schemabus.schema.golden.Golden;

/** The package says its namespace. */
@Golden
public record Parcel(String id, Size size, Label label, Stamp stamp) {

    enum Size {
        SMALL,
        LARGE
    }

    @Name("Label")
    record Label(String text) {}

    @Namespace("com.acme.post")
    record Stamp(int cents) {}
}
