package dev.schemabus.registry;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A file of lines, one entry each, that several processes read and write: a line is added under a lock, and the whole is
 * only ever replaced by a complete new file. Readable for its owner alone. Whatever happens to it, it costs no more than the
 * entries that were hit.
 */
final class CacheFile {

    /** The key of an entry that ends all of its registry's before it. */
    static final String FORGET = "forget";

    /**
     * An entry.
     *
     * @param registry whose it is: 16 hexadecimal digits
     * @param key and value are texts of one line without tabs
     */
    record Entry(String registry, String key, String value) {}

    /**
     * What was read.
     *
     * @param entries those in force
     * @param outdated how many lines are no longer in force
     * @param unreadable how many lines are damaged, cut off, or of another version
     */
    record Contents(List<Entry> entries, int outdated, int unreadable) {

        boolean isWorthRewriting() {
            return unreadable > 0 || outdated > entries.size();
        }
    }

    private final Path path;
    private final CacheFileLock lock;
    private final long maxBytes;

    /** @param maxBytes from where on nothing is read, and nothing added */
    CacheFile(Path path, long maxBytes) {
        this.path = path.toAbsolutePath();
        this.lock = new CacheFileLock(this.path);
        this.maxBytes = maxBytes;
    }

    /** Reads it; a file that isn't there is empty. */
    Contents read() throws CacheFileException {
        try {
            return readAll();
        } catch (IOException e) {
            throw failure("read", e);
        }
    }

    private Contents readAll() throws IOException, CacheFileException {
        if (!Files.exists(path)) {
            return new Contents(List.of(), 0, 0);
        }
        if (!Files.isRegularFile(path)) {
            throw new CacheFileException("The registry cache " + path + " is no file");
        }
        Map<String, Entry> inForce = new LinkedHashMap<>();
        int lines = 0;
        int unreadable = 0;
        try (InputStream in = new BufferedInputStream(Files.newInputStream(path), 1 << 16)) {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            for (long at = 0; at < maxBytes; at++) {
                int next = in.read();
                if (next >= 0 && next != '\n') {
                    line.write(next);
                    continue;
                }
                if (line.size() > 0) {
                    lines++;
                    // A last line without an end was cut off, or is being written.
                    Optional<Entry> entry = next < 0 ? Optional.empty() : CacheLine.read(line.toByteArray());
                    if (entry.isEmpty()) {
                        unreadable++;
                    } else {
                        take(entry.get(), inForce);
                    }
                    line.reset();
                }
                if (next < 0) {
                    break;
                }
            }
        }
        return new Contents(List.copyOf(inForce.values()), lines - unreadable - inForce.size(), unreadable);
    }

    private static void take(Entry entry, Map<String, Entry> inForce) {
        if (entry.key().equals(FORGET)) {
            inForce.values().removeIf(before -> before.registry().equals(entry.registry()));
        } else {
            inForce.put(entry.registry() + entry.key(), entry);
        }
    }

    /** Adds entries at the end. If there is no room for all of them, none is added. */
    void append(List<Entry> entries) throws CacheFileException {
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        entries.forEach(entry -> lines.writeBytes(CacheLine.write(entry)));
        locked(() -> {
            try (FileChannel file = OwnersFile.open(path)) {
                long end = file.size();
                byte[] bytes = endsMidLine(file, end) ? afterNewLine(lines.toByteArray()) : lines.toByteArray();
                if (end + bytes.length > maxBytes) {
                    throw new CacheFileException("The registry cache " + path + " is full: it has " + end + " of "
                            + maxBytes + " bytes. Remove it before the next start");
                }
                writeOrTakeBack(file, end, bytes);
            }
        });
    }

    private static void writeOrTakeBack(FileChannel file, long end, byte[] bytes) throws IOException {
        try {
            write(file, end, bytes);
        } catch (IOException e) {
            file.truncate(end);
            throw e;
        }
    }

    private static void write(FileChannel file, long begin, byte[] bytes) throws IOException {
        ByteBuffer rest = ByteBuffer.wrap(bytes);
        while (rest.hasRemaining()) {
            file.write(rest, begin + rest.position());
        }
    }

    /** Whether a process died while it wrote the last line. */
    private static boolean endsMidLine(FileChannel file, long end) throws IOException {
        ByteBuffer last = ByteBuffer.allocate(1);
        return end > 0 && file.read(last, end - 1) == 1 && last.get(0) != '\n';
    }

    private static byte[] afterNewLine(byte[] lines) {
        byte[] bytes = new byte[lines.length + 1];
        bytes[0] = '\n';
        System.arraycopy(lines, 0, bytes, 1, lines.length);
        return bytes;
    }

    /** Leaves out what is damaged or no longer in force. */
    void rewrite() throws CacheFileException {
        locked(() -> {
            ByteArrayOutputStream lines = new ByteArrayOutputStream();
            readAll().entries().forEach(entry -> lines.writeBytes(CacheLine.write(entry)));
            Path fresh = Path.of(path + ".new");
            Files.deleteIfExists(fresh);
            try (FileChannel file = OwnersFile.open(fresh)) {
                write(file, 0, lines.toByteArray());
                file.force(true);
            }
            Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        });
    }

    private void locked(CacheFileLock.Work work) throws CacheFileException {
        try {
            lock.hold(work);
        } catch (IOException e) {
            throw failure("written", e);
        }
    }

    private CacheFileException failure(String what, IOException e) {
        return new CacheFileException("The registry cache " + path + " can't be " + what + ": " + e, e);
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
