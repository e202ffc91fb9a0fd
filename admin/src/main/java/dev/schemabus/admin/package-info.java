/**
 * API: what a registry should hold, compared with what it holds, and brought in line. One pure planner
 * ({@link dev.schemabus.admin.Plan}) compares two {@link dev.schemabus.admin.SchemaState}s;
 * {@link dev.schemabus.admin.RegistryBootstrap} is the way to call it when a service starts.
 */
@NullMarked
package dev.schemabus.admin;

import org.jspecify.annotations.NullMarked;
