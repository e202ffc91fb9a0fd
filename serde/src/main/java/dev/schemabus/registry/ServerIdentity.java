package dev.schemabus.registry;

import java.util.Optional;

/**
 * Which registry answers.
 *
 * @param clusterId what all nodes of one registry have in common; empty if it doesn't say
 * @param version its release; empty if it doesn't say, as older ones don't
 * @param commit what its release was built from; empty if it doesn't say
 */
public record ServerIdentity(Optional<String> clusterId, Optional<String> version, Optional<String> commit) {}
