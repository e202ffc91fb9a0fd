/** JMH benchmarks, and {@link dev.schemabus.benchmarks.Ratios}; see docs/performance.md for how to run them. Internal. */
@NullMarked
package dev.schemabus.benchmarks;

import org.jspecify.annotations.NullMarked;
