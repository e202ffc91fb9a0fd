package dev.schemabus.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.function.Supplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A schema that was made once is looked up and nothing else. */
class CachedSchemasTest {

    private static final int CALLS = 10_000;

    /** What the measuring itself may need: far less than a byte for each call. */
    private static final long ALLOWANCE = 1_000;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @ParameterizedTest
    @EnumSource
    void askingAgainAllocatesNothing(SchemaFormat format) {
        SchemaGenerator generator = SchemaGenerator.standard();

        assertThat(allocated(() -> generator.generate(GoldenRecords.Paid.class, format)))
                .isLessThan(ALLOWANCE);
    }

    @ParameterizedTest
    @EnumSource
    void theSmallestObjectForEachCallWouldBeSeen(SchemaFormat format) {
        SchemaGenerator generator = SchemaGenerator.standard();

        assertThat(allocated(() -> new Object[] {generator.generate(GoldenRecords.Paid.class, format)}))
                .isGreaterThan(CALLS * 8L);
    }

    private long allocated(Supplier<Object> call) {
        Object[] last = new Object[1]; // keeps the JVM from leaving the calls out
        for (int i = 0; i < CALLS; i++) {
            last[0] = call.get();
        }
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < CALLS; i++) {
            last[0] = call.get();
        }
        long bytes = threads.getCurrentThreadAllocatedBytes() - before;
        assertThat(last[0]).isNotNull();
        return bytes;
    }
}
