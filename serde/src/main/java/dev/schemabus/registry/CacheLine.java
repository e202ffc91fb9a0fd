package dev.schemabus.registry;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * One line of a {@link CacheFile}: {@code version TAB checksum TAB registry TAB key TAB value LF}. The checksum is CRC-32C of
 * the version and of all that follows it, in hexadecimal, so that a line of which a byte changed isn't taken.
 */
final class CacheLine {

    /** Counts up when the meaning of a line changes; lines of other versions are dropped. */
    private static final String VERSION = "1";

    private static final int FIELDS = 5;

    private CacheLine() {}

    static byte[] write(CacheFile.Entry entry) {
        String content = entry.registry() + '\t' + entry.key() + '\t' + entry.value();
        return bytes(VERSION + '\t' + checksum(VERSION, content) + '\t' + content + '\n');
    }

    /** The entry of a line; empty if the line is damaged, or of another version. */
    static Optional<CacheFile.Entry> read(byte[] line) {
        String text = new String(line, StandardCharsets.UTF_8);
        String[] fields = text.split("\t", -1);
        if (fields.length != FIELDS || !fields[0].equals(VERSION)) {
            return Optional.empty();
        }
        int head = fields[0].length() + fields[1].length() + 2;
        if (!fields[1].equals(checksum(fields[0], text.substring(head)))) {
            return Optional.empty();
        }
        return Optional.of(new CacheFile.Entry(fields[2], fields[3], fields[4]));
    }

    private static String checksum(String version, String content) {
        CRC32C crc = new CRC32C();
        crc.update(bytes(version));
        crc.update(bytes(content));
        return String.format(Locale.ROOT, "%08x", crc.getValue());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
