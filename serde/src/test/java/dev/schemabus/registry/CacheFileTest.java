package dev.schemabus.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What can happen to a file that several processes write, and that anything may happen to. */
@Timeout(60)
class CacheFileTest {

    private static final String REGISTRY = "0123456789abcdef";
    private static final List<CacheFile.Entry> THREE =
            List.of(entry("one", "{\"a\":1}"), entry("two", "zwei \u20ac"), entry("three", ""));

    @TempDir
    Path directory;

    private Path path;
    private CacheFile file;

    private static CacheFile.Entry entry(String key, String value) {
        return new CacheFile.Entry(REGISTRY, key, value);
    }

    @BeforeEach
    void choosePath() {
        path = directory.resolve("cache").resolve("schemas");
        file = new CacheFile(path, 1 << 20);
    }

    @Test
    void whatIsAddedIsRead() throws Exception {
        assertThat(file.read().entries()).isEmpty();

        file.append(THREE.subList(0, 1));
        file.append(THREE.subList(1, 3));

        assertThat(file.read()).isEqualTo(new CacheFile.Contents(THREE, 0, 0));
        assertThat(Files.readString(path)).startsWith("1\t").contains("\t0123456789abcdef\tone\t{\"a\":1}\n");
    }

    @Test
    void theLastOfSeveralValuesCounts() throws Exception {
        file.append(List.of(entry("one", "1"), entry("one", "2")));
        file.append(List.of(entry("one", "3"), new CacheFile.Entry("another", "one", "4")));

        assertThat(file.read())
                .isEqualTo(new CacheFile.Contents(
                        List.of(entry("one", "3"), new CacheFile.Entry("another", "one", "4")), 2, 0));
    }

    @Test
    void oneRegistryCanBeForgotten() throws Exception {
        file.append(List.of(entry("one", "1"), new CacheFile.Entry("another", "one", "4")));
        file.append(List.of(entry(CacheFile.FORGET, ""), entry("two", "2")));

        assertThat(file.read().entries())
                .containsExactly(new CacheFile.Entry("another", "one", "4"), entry("two", "2"));
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void onlyItsOwnerMayReadIt() throws Exception {
        file.append(THREE);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                .isEqualTo("rw-------");

        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-rw-r--"));
        file.append(THREE);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                .isEqualTo("rw-------");

        file.rewrite();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                .isEqualTo("rw-------");
    }

    @Test
    void aChangedByteCostsOnlyTheEntriesItTouches() throws Exception {
        file.append(THREE);
        byte[] good = Files.readAllBytes(path);
        for (int i = 0; i < good.length; i++) {
            for (int change : new int[] {good[i] ^ 1, good[i] ^ 0x80, '\n', '\t', '0', 0}) {
                byte[] bad = good.clone();
                bad[i] = (byte) change;
                Files.write(path, bad);

                CacheFile.Contents read = file.read();
                assertThat(THREE).as("byte %d as %d", i, change).containsAll(read.entries());
                if (!Arrays.equals(bad, good)) {
                    assertThat(read.unreadable()).as("byte %d as %d", i, change).isPositive();
                    assertThat(read.entries()).as("byte %d as %d", i, change).isNotEmpty();
                }
            }
        }
    }

    /** All 255 other values of each byte; of a file there would be too many to write. */
    @Test
    void aLineOfWhichAnyByteChangedIsNotTaken() {
        for (CacheFile.Entry entry : THREE) {
            byte[] line = CacheLine.write(entry);
            byte[] good = Arrays.copyOf(line, line.length - 1);
            assertThat(CacheLine.read(good)).contains(entry);
            for (int i = 0; i < good.length; i++) {
                for (int change = 1; change < 256; change++) {
                    byte[] bad = good.clone();
                    bad[i] ^= (byte) change;
                    if (CacheLine.read(bad).isPresent()) {
                        fail("byte %d of %s as %d", i, entry, bad[i]);
                    }
                }
            }
        }
    }

    @Test
    void aTruncatedFileKeepsItsWholeLines() throws Exception {
        file.append(THREE);
        byte[] good = Files.readAllBytes(path);
        for (int length = 0; length < good.length; length++) {
            byte[] bad = Arrays.copyOf(good, length);
            Files.write(path, bad);
            long wholeLines = new String(bad, StandardCharsets.ISO_8859_1)
                    .chars()
                    .filter(c -> c == '\n')
                    .count();

            assertThat(file.read().entries()).isEqualTo(THREE.subList(0, (int) wholeLines));
        }
    }

    @Test
    void whatIsAddedBehindALineThatWasCutOffIsWhole() throws Exception {
        file.append(THREE);
        byte[] good = Files.readAllBytes(path);
        Files.write(path, Arrays.copyOf(good, good.length - 3));

        file.append(List.of(entry("four", "4")));

        assertThat(file.read().entries()).containsExactly(THREE.get(0), THREE.get(1), entry("four", "4"));
        assertThat(file.read().unreadable()).isEqualTo(1);
    }

    @Test
    void linesOfAnotherVersionAreDropped() throws Exception {
        file.append(THREE);
        Files.writeString(
                path, "0\tffffffff\tanything\n2\tdeadbeef\twhatever\tthis\tmeans\n", StandardOpenOption.APPEND);

        assertThat(file.read()).isEqualTo(new CacheFile.Contents(THREE, 0, 2));
    }

    @Test
    void rewritingLeavesWhatIsInForce() throws Exception {
        file.append(List.of(entry("one", "0"), entry("one", "0.5")));
        Files.writeString(path, "rubbish\n", StandardOpenOption.APPEND);
        file.append(THREE);
        assertThat(file.read().isWorthRewriting()).isTrue();

        file.rewrite();

        assertThat(file.read()).isEqualTo(new CacheFile.Contents(THREE, 0, 0));
        assertThat(file.read().isWorthRewriting()).isFalse();
        assertThat(directory.resolve("cache")).isDirectoryNotContaining("glob:**.new");
    }

    @Test
    void itGrowsNoLargerThanItMay() throws Exception {
        CacheFile small = new CacheFile(path, 100);
        small.append(List.of(entry("one", "1")));

        assertThatExceptionOfType(CacheFileException.class)
                .isThrownBy(() -> small.append(List.of(entry("two", "x".repeat(100)))))
                .withMessageContaining("is full");
        assertThat(small.read().entries()).containsExactly(entry("one", "1"));
    }

    @Test
    void aDirectoryIsNoFile() throws IOException {
        Files.createDirectories(path);

        assertThatExceptionOfType(CacheFileException.class)
                .isThrownBy(file::read)
                .withMessage("The registry cache " + path + " is no file");
    }

    @Test
    void whereNothingCanBeMadeTheReasonIsSaid() throws IOException {
        Files.writeString(directory.resolve("cache"), "a file where a directory should be");

        assertThatExceptionOfType(CacheFileException.class)
                .isThrownBy(() -> file.append(THREE))
                .withMessageStartingWith("The registry cache " + path + " can't be written: ");
    }

    @Test
    void aLockThatIsNeverGivenBackIsNotWaitedForForEver() throws Exception {
        file.append(THREE);
        Path lockPath = Path.of(path + ".lock");
        try (FileChannel channel = FileChannel.open(lockPath, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            assertThat(lock.isValid()).isTrue();
            long began = System.nanoTime();

            assertThatExceptionOfType(CacheFileException.class)
                    .isThrownBy(() -> file.append(THREE))
                    .withMessageContaining("is locked by another process (" + lockPath + ")");
            assertThat(System.nanoTime() - began).isLessThan(10_000_000_000L);
        }
        file.append(THREE);
    }

    @Test
    void severalProcessesLoseNothingOfEachOther() throws Exception {
        int each = 200;
        List<Process> processes = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            processes.add(CacheFileProcess.start("", path, "process" + i, each));
        }
        for (int i = 0; i < each; i++) {
            file.append(List.of(entry("key" + i, "value")));
            if (i % 10 == 0) {
                file.rewrite();
            }
        }
        for (Process process : processes) {
            assertThat(CacheFileProcess.output(process)).isEqualTo("done");
        }

        CacheFile.Contents read = file.read();
        assertThat(read.unreadable()).isZero();
        for (String registry : List.of(REGISTRY, "process0", "process1")) {
            assertThat(read.entries())
                    .filteredOn(entry -> entry.registry().equals(registry))
                    .hasSize(each);
        }
    }

    /** A limit on the size of files is what a full disk is to who writes. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void aFullDiskTakesNothingThatIsThere() throws Exception {
        file.append(THREE);
        Process process = CacheFileProcess.start("ulimit -f 4; ", path, "process", 1_000);

        assertThat(CacheFileProcess.output(process)).startsWith("The registry cache " + path + " can't be written: ");
        CacheFile.Contents read = file.read();
        assertThat(read.entries()).containsAll(THREE).hasSizeGreaterThan(10);
        assertThat(read.unreadable()).isZero();
        assertThat(Files.size(path)).isLessThanOrEqualTo(4_096);
    }
}
