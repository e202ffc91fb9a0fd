package dev.schemabus.registry;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A file beside the cache's that whoever writes holds locked. (Not the cache's own: it is replaced, and a lock on a file that
 * was replaced protects nothing.)
 */
final class CacheFileLock {

    /** How long another process may hold it; it writes a few lines. */
    private static final int TRIES = 100;

    private static final int PAUSE_MILLIS = 10;

    /** What to do meanwhile. */
    interface Work {
        void run() throws IOException, CacheFileException;
    }

    private final Path file;
    private final Path lockFile;

    CacheFileLock(Path file) {
        this.file = file;
        this.lockFile = Path.of(file + ".lock");
    }

    /** Does something while nobody else does. */
    void hold(Work work) throws IOException, CacheFileException {
        if (file.getParent() != null) {
            Files.createDirectories(file.getParent());
        }
        try (FileChannel channel = OwnersFile.open(lockFile);
                FileLock lock = locked(channel)) {
            if (lock.isValid()) {
                work.run();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private FileLock locked(FileChannel channel) throws IOException, InterruptedException, CacheFileException {
        for (int i = 0; i < TRIES; i++) {
            FileLock lock = tried(channel);
            if (lock != null) {
                return lock;
            }
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        }
        throw new CacheFileException("The registry cache " + file + " is locked by another process (" + lockFile
                + ") and stays so: is one of its users stopped?");
    }

    private static @Nullable FileLock tried(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            // Another connection of this JVM, which will be as quick.
            return null;
        }
    }
}
