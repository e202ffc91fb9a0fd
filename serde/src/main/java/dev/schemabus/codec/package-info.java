/**
 * API: from values to payload bytes and back, for one record type and one writer schema at a time. Knows no registry, no
 * wire format and no Kafka.
 */
@NullMarked
package dev.schemabus.codec;

import org.jspecify.annotations.NullMarked;
