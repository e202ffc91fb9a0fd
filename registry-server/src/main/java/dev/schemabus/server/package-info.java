/**
 * API: a schema registry with the reference's rules. {@link dev.schemabus.server.RegistryServer} serves it over HTTP,
 * {@link dev.schemabus.server.MemoryRegistryProvider} reaches it in process under {@code memory:} URLs. Both stand on
 * the same {@code SubjectStore}, which holds every rule; what it decides goes to a {@code ChangeLog} and comes back as
 * {@code Registrations}.
 */
@NullMarked
package dev.schemabus.server;

import org.jspecify.annotations.NullMarked;
