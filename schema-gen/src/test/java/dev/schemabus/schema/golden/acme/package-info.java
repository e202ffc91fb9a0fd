/** Internal: declarations in a package that has another name in schemas. */
@Namespace("com.acme.shop")
@NullMarked
package dev.schemabus.schema.golden.acme;

import dev.schemabus.schema.Namespace;
import org.jspecify.annotations.NullMarked;
