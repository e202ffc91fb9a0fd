/** Internal: pages that describe events for people, and the layout of JSON that people read. */
@NullMarked
package dev.schemabus.maven.docs;

import org.jspecify.annotations.NullMarked;
