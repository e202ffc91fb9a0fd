/** Internal: declarations by topic whose schemas are golden files, see {@link dev.schemabus.schema.GoldenRecords}. */
@NullMarked
package dev.schemabus.schema.golden;

import org.jspecify.annotations.NullMarked;
