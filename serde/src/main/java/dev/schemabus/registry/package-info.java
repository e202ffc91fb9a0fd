/**
 * API: the client of a Confluent-compatible schema registry. {@link dev.schemabus.registry.SchemaRegistry} is what
 * serializers need, {@link dev.schemabus.registry.RegistryAdmin} what operators need,
 * {@link dev.schemabus.registry.RegistryConnection} opens both. SPI: {@link dev.schemabus.registry.RegistryProvider}
 * adds a backend for a URL scheme, {@link dev.schemabus.registry.RegistryEndpoint} one that answers the REST API in process;
 * {@link dev.schemabus.registry.TokenProvider} gives tokens.
 */
@NullMarked
package dev.schemabus.registry;

import org.jspecify.annotations.NullMarked;
