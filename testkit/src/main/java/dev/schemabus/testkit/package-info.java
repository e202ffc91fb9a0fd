/**
 * API: real parts for tests, in this JVM and without Docker.
 *
 * <p>Doors: {@link dev.schemabus.testkit.SchemabusExtension} for JUnit, {@link dev.schemabus.testkit.EmbeddedKafka} for
 * everything else.
 */
@NullMarked
package dev.schemabus.testkit;

import org.jspecify.annotations.NullMarked;
