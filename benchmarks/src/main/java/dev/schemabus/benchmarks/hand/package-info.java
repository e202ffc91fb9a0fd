/** Internal: codecs written by hand, the yardstick for the generated ones. */
@NullMarked
package dev.schemabus.benchmarks.hand;

import org.jspecify.annotations.NullMarked;
