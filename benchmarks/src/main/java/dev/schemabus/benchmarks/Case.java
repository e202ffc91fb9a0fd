package dev.schemabus.benchmarks;

/**
 * Two ways to do the same.
 *
 * @param name what is done, and the other way: {@code avro.order.write/hand}
 */
record Case(String name, Operation ours, Operation other) {}
