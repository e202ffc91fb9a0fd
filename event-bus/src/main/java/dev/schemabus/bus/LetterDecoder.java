package dev.schemabus.bus;

import dev.schemabus.bus.DecodedLetter.Json;
import dev.schemabus.bus.DecodedLetter.Unreadable;
import dev.schemabus.registry.RegistryException;
import dev.schemabus.registry.SchemaGuid;
import dev.schemabus.registry.SchemaId;
import dev.schemabus.registry.SchemaIdentifier;
import dev.schemabus.registry.SchemaRegistry;
import dev.schemabus.schema.EventSchema;
import dev.schemabus.schema.SchemaFormat;
import dev.schemabus.serde.EventReader;
import dev.schemabus.serde.Unbound;
import dev.schemabus.wire.Frame;
import dev.schemabus.wire.MalformedRecordException;
import dev.schemabus.wire.WireFormats;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Internal: reads dead letters for people to look at. Makes no class of the event's, and whatever is in the bytes, the
 * answer is text: those letters are there because somebody could not read them.
 */
final class LetterDecoder {

    private final SchemaRegistry registry;
    private final EventReader<Object> generic;

    LetterDecoder(SchemaRegistry registry) {
        this.registry = registry;
        this.generic =
                EventReader.builder(registry).unbound(Unbound.GENERIC_RECORD).build();
    }

    /** Never throws, but for a JVM that is out of memory. */
    DecodedLetter decode(String topic, Headers headers, byte @Nullable [] value) {
        if (value == null) {
            return new Unreadable("It has no value: a tombstone, or a pointer to a record that was too large");
        }
        try {
            return json(topic, headers, value);
        } catch (MalformedRecordException e) {
            return new Unreadable("It names no schema: " + e.getMessage());
        } catch (RegistryException e) {
            return new Unreadable("The registry gives no schema for it: " + e.getMessage());
        } catch (CharacterCodingException e) {
            return new Unreadable("Its JSON is not UTF-8");
        } catch (RuntimeException | StackOverflowError | LinkageError e) {
            return new Unreadable(e.getClass().getName() + ": " + e.getMessage());
        }
    }

    private DecodedLetter json(String topic, Headers headers, byte[] value)
            throws MalformedRecordException, CharacterCodingException {
        Header named = headers.lastHeader(WireFormats.headerName(false));
        Frame frame = WireFormats.DUAL.open(named == null ? null : named.value(), value, 0, value.length);
        SchemaIdentifier id = frame.schema();
        EventSchema schema = id instanceof SchemaGuid guid ? registry.byGuid(guid) : registry.byId((SchemaId) id);
        String type = schema.name().orElse("");
        if (schema.format() == SchemaFormat.JSON) {
            return new Json(
                    type,
                    StandardCharsets.UTF_8.newDecoder().decode(frame.payload()).toString());
        }
        return new Json(type, String.valueOf(generic.read(topic, headers, value)));
    }
}
