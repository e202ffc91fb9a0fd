package dev.schemabus.schema.golden;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/** Marks a declaration whose schemas are golden files, among those that it needs. */
@Retention(RetentionPolicy.RUNTIME)
public @interface Golden {}
