package dev.schemabus.server;

import dev.schemabus.registry.SchemaGuid;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/**
 * GUIDs from content: what is the same schema to this registry has the same GUID in every registry of its kind, without
 * asking one. A cryptographic digest, so that nobody can make up a second schema for a GUID that is in use; the form is
 * version 8 of RFC 9562 ("custom").
 *
 * <p>A reference counts as it is written down, with subject and version: that is known even where what it leads to is
 * not (yet), as in the middle of a compacted log.
 */
final class Guids {

    private Guids() {}

    static SchemaGuid of(StoredSchema schema) {
        ByteBuffer digest = ByteBuffer.wrap(digest(schema));
        long most = (digest.getLong() & ~0xF000L) | 0x8000L;
        long least = (digest.getLong() & ~(0b11L << 62)) | (0b10L << 62);
        return new SchemaGuid(new UUID(most, least));
    }

    private static byte[] digest(StoredSchema schema) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(bytes(schema.type() + "\n" + schema.text()));
            for (SchemaReference reference : schema.references()) {
                digest.update(bytes("\n" + reference.name() + "\n" + reference.subject() + "\n" + reference.version()));
            }
            schema.metadata().ifPresent(metadata -> digest.update(bytes("\nmetadata\n" + NormalForm.of(metadata))));
            schema.ruleSet().ifPresent(ruleSet -> digest.update(bytes("\nruleSet\n" + NormalForm.of(ruleSet))));
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
