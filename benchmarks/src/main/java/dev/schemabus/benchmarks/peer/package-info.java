/** Internal: how others write and read the same payloads. */
@NullMarked
package dev.schemabus.benchmarks.peer;

import org.jspecify.annotations.NullMarked;
