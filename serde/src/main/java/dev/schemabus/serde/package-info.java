/**
 * API: Kafka serializers and deserializers for records ({@link dev.schemabus.serde.EventSerializer},
 * {@link dev.schemabus.serde.EventDeserializer}, {@link dev.schemabus.serde.EventSerde}), configured by
 * {@link dev.schemabus.serde.SerdeConfig}; and the same road without Kafka
 * ({@link dev.schemabus.serde.EventWriter}, {@link dev.schemabus.serde.EventReader}).
 */
@NullMarked
package dev.schemabus.serde;

import org.jspecify.annotations.NullMarked;
