package dev.schemabus.schema.bad;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/** Marks the declaration with the mistake, among those that it needs. */
@Retention(RetentionPolicy.RUNTIME)
public @interface Mistake {}
