/** Internal: what the registry server costs. */
@NullMarked
package dev.schemabus.benchmarks.registry;

import org.jspecify.annotations.NullMarked;
