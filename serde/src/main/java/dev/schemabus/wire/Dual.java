package dev.schemabus.wire;

import dev.schemabus.registry.SchemaIdentifier;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads by the header where there is one, else by the prefix; writes the prefix. */
final class Dual implements WireFormat {

    private static final WireFormat PREFIX = new PrefixId();
    private static final WireFormat HEADER = new HeaderGuid();

    @Override
    public boolean namesByGuid() {
        return PREFIX.namesByGuid();
    }

    @Override
    public int headroom() {
        return PREFIX.headroom();
    }

    @Override
    public void stamp(byte[] framed, SchemaIdentifier schema) {
        PREFIX.stamp(framed, schema);
    }

    @Override
    public Optional<byte[]> header(SchemaIdentifier schema) {
        return PREFIX.header(schema);
    }

    @Override
    public Frame open(byte @Nullable [] header, byte[] bytes, int offset, int length) {
        return (header == null ? PREFIX : HEADER).open(header, bytes, offset, length);
    }
}
