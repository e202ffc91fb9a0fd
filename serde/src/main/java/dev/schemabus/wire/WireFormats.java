package dev.schemabus.wire;

import java.util.Map;
import java.util.Optional;

/** The wire formats that come with Schemabus. */
public final class WireFormats {

    /**
     * A zero byte, the schema id as four bytes big-endian, the payload: what Confluent's serializers write and every
     * Confluent-compatible consumer reads. A header is passed over.
     */
    public static final WireFormat PREFIX_ID = new PrefixId();

    /**
     * The payload alone; the schema's GUID stands in a header, as a one and 16 bytes. Confluent's serializers write it
     * with their {@code HeaderSchemaIdSerializer}. A record without the header is malformed.
     */
    public static final WireFormat HEADER_GUID = new HeaderGuid();

    /**
     * Reads both: {@link #HEADER_GUID} if the record has the header, otherwise {@link #PREFIX_ID}. It goes by the header
     * alone and never guesses from the payload. Writes as {@link #PREFIX_ID} does.
     */
    public static final WireFormat DUAL = new Dual();

    private static final Map<String, WireFormat> BY_NAME = Map.of(
            "PrefixSchemaIdSerializer", PREFIX_ID,
            "PrefixSchemaIdDeserializer", PREFIX_ID,
            "PREFIX_ID", PREFIX_ID,
            "HeaderSchemaIdSerializer", HEADER_GUID,
            "HeaderSchemaIdDeserializer", HEADER_GUID,
            "HEADER_GUID", HEADER_GUID,
            "DualSchemaIdDeserializer", DUAL,
            "DUAL", DUAL);

    private WireFormats() {}

    /** The record header that belongs to keys or to values: {@code __key_schema_id} or {@code __value_schema_id}. */
    public static String headerName(boolean isKey) {
        return isKey ? "__key_schema_id" : "__value_schema_id";
    }

    /**
     * Finds one by name: ours ({@code PREFIX_ID}, {@code HEADER_GUID}, {@code DUAL}), or that of the reference's class
     * that writes or reads it, with or without its package.
     *
     * @return empty if the text is none of them
     */
    public static Optional<WireFormat> named(String text) {
        // Only the reference's own package: another class of the same simple name may write otherwise.
        String reference = "io.confluent.kafka.serializers.schema.id.";
        return Optional.ofNullable(BY_NAME.get(text.startsWith(reference) ? text.substring(reference.length()) : text));
    }
}
