/** Internal: declarations that a schema can't be made of, by topic, see {@code BadDeclarations}. */
@NullMarked
package dev.schemabus.schema.bad;

import org.jspecify.annotations.NullMarked;
