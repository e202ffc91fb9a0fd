package dev.schemabus.server;

/**
 * That a schema uses another one of this registry.
 *
 * @param name what the referring text calls it
 * @param subject the subject that holds it: qualified with its context, or else in the context of the referring schema
 * @param version from 1; in a request also -1, the latest
 */
record SchemaReference(String name, String subject, int version) {}
