package dev.schemabus.schema;

/** An event whose shape depends on the loader that it comes from. */
record InstalledParcel(InstalledLogicalTypesTest.Weight weight) {}
