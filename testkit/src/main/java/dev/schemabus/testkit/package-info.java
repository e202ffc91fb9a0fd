/** API: real parts for tests, in this JVM and without Docker. */
@NullMarked
package dev.schemabus.testkit;

import org.jspecify.annotations.NullMarked;
