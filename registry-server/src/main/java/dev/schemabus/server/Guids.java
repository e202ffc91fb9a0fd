package dev.schemabus.server;

import com.fasterxml.jackson.databind.JsonNode;
import dev.schemabus.registry.SchemaGuid;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

/**
 * GUIDs from content, of two kinds. The {@link #of identity} tells what is the same schema to this registry: a
 * cryptographic digest, so that nobody can make up a second schema for one in use; its form is version 8 of RFC 9562
 * ("custom"). The {@link #shared} GUID is what the reference makes of the same content: it is what answers carry and
 * records are written with, so that they are read wherever the schema is registered. It may stand for two schemas.
 *
 * <p>A reference counts as it is written down, with subject and version: that is known even where what it leads to is
 * not (yet), as in the middle of a compacted log.
 */
final class Guids {

    private Guids() {}

    /** What is the same schema to this registry. */
    static SchemaGuid of(StoredSchema schema) {
        MessageDigest digest = digest("SHA-256");
        digest.update(bytes(schema.type() + "\n" + schema.text()));
        for (SchemaReference reference : schema.references()) {
            digest.update(bytes("\n" + reference.name() + "\n" + reference.subject() + "\n" + reference.version()));
        }
        schema.metadata().ifPresent(metadata -> digest.update(bytes("\nmetadata\n" + NormalForm.of(metadata))));
        schema.ruleSet().ifPresent(ruleSet -> digest.update(bytes("\nruleSet\n" + NormalForm.of(ruleSet))));
        ByteBuffer result = ByteBuffer.wrap(digest.digest());
        long most = (result.getLong() & ~0xF000L) | 0x8000L;
        long least = (result.getLong() & ~(0b11L << 62)) | (0b10L << 62);
        return new SchemaGuid(new UUID(most, least));
    }

    /** The reference's GUID: an MD5 digest of text, references, metadata and rules, without anything between them. */
    static SchemaGuid shared(StoredSchema schema) {
        MessageDigest digest = digest("MD5");
        digest.update(bytes(schema.text()));
        for (SchemaReference reference : schema.references()) {
            digest.update(bytes(reference.name() + reference.subject()));
            digest.update(ByteBuffer.allocate(Integer.BYTES)
                    .putInt(reference.version())
                    .flip());
        }
        schema.metadata().ifPresent(metadata -> {
            digest.update((byte) 1);
            addSorted(digest, metadata.path("tags"));
            addSorted(digest, metadata.path("properties"));
            addSorted(digest, metadata.path("sensitive"));
        });
        schema.ruleSet().ifPresent(rules -> {
            digest.update((byte) 1);
            for (String kind : new String[] {"migrationRules", "domainRules", "encodingRules"}) {
                rules.path(kind).forEach(rule -> addRule(digest, rule));
            }
        });
        ByteBuffer result = ByteBuffer.wrap(digest.digest());
        return new SchemaGuid(new UUID(result.getLong(), result.getLong()));
    }

    private static void addRule(MessageDigest digest, JsonNode rule) {
        for (String name :
                new String[] {"name", "doc", "kind", "mode", "type", "tags", "params", "expr", "onSuccess", "onFailure"
                }) {
            addSorted(digest, rule.path(name));
        }
        if (rule.path("disabled").asBoolean()) {
            digest.update((byte) 1);
        }
    }

    /** The texts in a value: a list's in their order, an object's in that of its names, each after its name. */
    private static void addSorted(MessageDigest digest, JsonNode value) {
        if (value.isArray()) {
            TreeSet<String> items = new TreeSet<>();
            value.forEach(item -> items.add(item.asText()));
            items.forEach(item -> digest.update(bytes(item)));
        } else if (value.isObject()) {
            Map<String, JsonNode> members = new TreeMap<>();
            value.properties().forEach(member -> members.put(member.getKey(), member.getValue()));
            members.forEach((name, member) -> {
                digest.update(bytes(name));
                addSorted(digest, member);
            });
        } else if (!value.isNull() && !value.isMissingNode()) {
            digest.update(bytes(value.asText()));
        }
    }

    private static MessageDigest digest(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has " + algorithm, e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
