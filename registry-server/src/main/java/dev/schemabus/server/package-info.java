/**
 * API: a schema registry with the reference's rules. {@link dev.schemabus.server.RegistryServer} serves it over HTTP,
 * {@link dev.schemabus.server.MemoryRegistryProvider} reaches it in process under {@code memory:} URLs. Both stand on
 * the same {@code SubjectStore}, behind which are all the rules, one class each: {@code Registering}, {@code Comparing},
 * {@code Deletions}, {@code Settings}. What they decide goes to a {@code ChangeLog} and comes back as
 * {@code Registrations}. A {@code SchemaDialect} says what a schema means.
 */
@NullMarked
package dev.schemabus.server;

import org.jspecify.annotations.NullMarked;
