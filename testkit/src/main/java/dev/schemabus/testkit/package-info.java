/**
 * API: real parts for tests, without Docker.
 *
 * <p>Doors: {@link dev.schemabus.testkit.SchemabusExtension} for JUnit, {@link dev.schemabus.testkit.EmbeddedKafka} for
 * a broker in this JVM, {@link dev.schemabus.testkit.KafkaProcess} for a broker that a test can kill.
 */
@NullMarked
package dev.schemabus.testkit;

import org.jspecify.annotations.NullMarked;
