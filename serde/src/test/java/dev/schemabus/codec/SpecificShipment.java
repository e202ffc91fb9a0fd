package dev.schemabus.codec;

import java.time.Instant;
import org.apache.avro.Conversion;
import org.apache.avro.Schema;
import org.apache.avro.data.TimeConversions;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecordBase;
import org.jspecify.annotations.Nullable;

/** What Avro's compiler makes of a schema, as far as its reader and writer look at it. */
public final class SpecificShipment extends SpecificRecordBase {

    private static final long serialVersionUID = 1L;

    public static final Schema SCHEMA$ = new Schema.Parser()
            .parse("{\"type\":\"record\",\"name\":\"SpecificShipment\",\"namespace\":\"dev.schemabus.codec\","
                    + "\"aliases\":[\"shop.Shipment\"],\"fields\":["
                    + "{\"name\":\"id\",\"type\":{\"type\":\"string\",\"avro.java.string\":\"String\"}},"
                    + "{\"name\":\"at\",\"type\":{\"type\":\"long\",\"logicalType\":\"timestamp-millis\"}},"
                    + "{\"name\":\"parcels\",\"type\":\"int\",\"default\":1}]}");

    @SuppressWarnings("UnusedVariable") // Avro looks for it
    private static final SpecificData MODEL$ = new SpecificData();

    static {
        MODEL$.addLogicalTypeConversion(new TimeConversions.TimestampMillisConversion());
    }

    private static final Conversion<?>[] CONVERSIONS = {
        null, new TimeConversions.TimestampMillisConversion(), null, null
    };

    private String id = "";
    private Instant at = Instant.EPOCH;
    private int parcels;

    public SpecificShipment() {}

    SpecificShipment(String id, Instant at, int parcels) {
        this.id = id;
        this.at = at;
        this.parcels = parcels;
    }

    @Override
    public SpecificData getSpecificData() {
        return MODEL$;
    }

    @Override
    public Schema getSchema() {
        return SCHEMA$;
    }

    @Override
    public @Nullable Conversion<?> getConversion(int field) {
        return CONVERSIONS[field];
    }

    @Override
    public Object get(int field) {
        return switch (field) {
            case 0 -> id;
            case 1 -> at;
            default -> parcels;
        };
    }

    @Override
    public void put(int field, Object value) {
        switch (field) {
            case 0 -> id = value.toString();
            case 1 -> at = (Instant) value;
            default -> parcels = (Integer) value;
        }
    }
}
