package dev.schemabus.registry;

/** What a record names its writer schema by: a number that one registry gave, or a GUID that every registry agrees on. */
public sealed interface SchemaIdentifier permits SchemaId, SchemaGuid {}
