/** Sample: a topic moves from Avro's generic records to Java records, one client after the other. */
@NullMarked
package dev.schemabus.samples.migration;

import org.jspecify.annotations.NullMarked;
