/**
 * API: the goals of the Maven plugin. Their parameters are the interface, described in {@code docs/build-time.md}; the
 * classes are for Maven alone.
 */
@NullMarked
package dev.schemabus.maven;

import org.jspecify.annotations.NullMarked;
