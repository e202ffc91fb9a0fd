package dev.schemabus.serde;

/** A class that nobody asked for. If it is ever initialised, somebody took its name from a schema, a header or a payload. */
public enum Canary {
    SINGS;

    static {
        System.setProperty("schemabus.canary", "sang");
    }
}
