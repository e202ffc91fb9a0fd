/** Internal: the registry's contract, asked of a registry of another make. */
@NullMarked
package dev.schemabus.testkit.apicurio;

import org.jspecify.annotations.NullMarked;
