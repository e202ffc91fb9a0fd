/** JMH benchmarks; see CONTRIBUTING.md for how to run them. */
package dev.schemabus.benchmarks;
