package dev.schemabus.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.schemabus.schema.SchemaFormat;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One codec, many users at a time, some of whom misbehave: nobody else notices. */
@Timeout(120)
class SharedCodecTest {

    private static final int THREADS = 8;
    private static final int VALUES = 100;
    private static final int ROUNDS = 5;

    @ParameterizedTest
    @EnumSource
    void manyThreadsGetWhatOneGets(SchemaFormat format) throws Exception {
        share(format, Executors.newFixedThreadPool(THREADS), THREADS, new CyclicBarrier(THREADS));
    }

    @ParameterizedTest
    @EnumSource
    void soDoVirtualThreads(SchemaFormat format) throws Exception {
        ExecutorService virtual;
        try {
            virtual = (ExecutorService)
                    Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        } catch (NoSuchMethodException e) {
            return; // before JDK 21
        }
        share(format, virtual, 200, null);
    }

    private static void share(
            SchemaFormat format,
            ExecutorService threads,
            int users,
            @org.jspecify.annotations.Nullable CyclicBarrier start)
            throws Exception {
        long seed = Long.getLong("test.seed", new Random().nextLong());
        Codec<Shop.Everything> codec = Codecs.own(Shop.Everything.class, format);
        List<Shop.Everything> values = LongStream.range(seed, seed + VALUES)
                .mapToObj(one -> new RandomValues(one).next(Shop.Everything.class))
                .toList();
        List<byte[]> payloads =
                values.stream().map(value -> codec.encode(value, 0)).toList();
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int user = 0; user < users; user++) {
                int first = user;
                running.add(threads.submit(() -> {
                    if (start != null) {
                        start.await();
                    }
                    for (int i = first; i < first + VALUES * ROUNDS; i++) {
                        byte[] payload = payloads.get(i % VALUES);
                        byte[] again = codec.encode(Codecs.decode(codec, payload), i % 3);
                        assertThat(Arrays.copyOfRange(again, i % 3, again.length))
                                .as("-Dtest.seed=%d", seed)
                                .isEqualTo(payload);
                    }
                    return null;
                }));
            }
            for (Future<?> one : running) {
                one.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    /** Writes another value of its type when its text is asked for. */
    record Nosy(int left, String text) {

        @Override
        public String text() {
            if (left > 0) {
                for (SchemaFormat format : SchemaFormat.values()) {
                    Codecs.own(Nosy.class, format).encode(new Nosy(left - 1, text + "!".repeat(left * 700)), left);
                }
            }
            return text;
        }
    }

    @ParameterizedTest
    @EnumSource
    void anAccessorMayWriteAnotherValue(SchemaFormat format) {
        Codec<Nosy> codec = Codecs.own(Nosy.class, format);

        byte[] payload = codec.encode(new Nosy(3, "as it is"), 0);

        assertThat(new String(payload, java.nio.charset.StandardCharsets.UTF_8))
                .contains("as it is")
                .doesNotContain("!");
        assertThat(Codecs.decode(codec, payload)).isEqualTo(new Nosy(3, "as it is"));
    }

    /** Throws what it is told to, when it is made or asked. */
    record Failing(String before, Kind kind, String text) {

        enum Kind {
            NONE,
            BOUNDS,
            STATE,
            STACK,
            ERROR
        }

        private static final ThreadLocal<Boolean> IN_CONSTRUCTOR = ThreadLocal.withInitial(() -> false);

        Failing {
            if (IN_CONSTRUCTOR.get()) {
                fail(kind);
            }
        }

        @Override
        public String text() {
            fail(kind);
            return text;
        }

        private static void fail(Kind kind) {
            switch (kind) {
                case NONE -> {}
                case BOUNDS -> throw new ArrayIndexOutOfBoundsException("its own");
                case STATE -> throw new IllegalStateException("its own");
                case STACK -> throw new StackOverflowError("its own");
                case ERROR -> throw new AssertionError("its own");
            }
        }
    }

    private static void assertHarmless(Codec<Failing> codec) {
        Failing fine = new Failing("a", Failing.Kind.NONE, "b");
        assertThat(Codecs.decode(codec, codec.encode(fine, 0))).isEqualTo(fine);
    }

    @ParameterizedTest
    @EnumSource
    void anAccessorThatThrowsIsNamedAndHarmsNobodyElse(SchemaFormat format) {
        Codec<Failing> codec = Codecs.own(Failing.class, format);
        for (int before : new int[] {0, 900, 940, 1_000, 1_020, 5_000}) {
            for (Failing.Kind kind : List.of(Failing.Kind.BOUNDS, Failing.Kind.STATE)) {
                assertThatThrownBy(() -> codec.encode(new Failing("a".repeat(before), kind, ""), 0))
                        .isInstanceOf(MismatchedValueException.class)
                        .hasMessageStartingWith("Failing.text: its accessor throws")
                        .hasRootCauseMessage("its own");
                assertHarmless(codec);
            }
            assertThatThrownBy(() -> codec.encode(new Failing("a".repeat(before), Failing.Kind.STACK, ""), 0))
                    .isInstanceOf(MismatchedValueException.class);
            assertHarmless(codec);
            assertThatThrownBy(() -> codec.encode(new Failing("a".repeat(before), Failing.Kind.ERROR, ""), 0))
                    .as("errors are nobody's to hide")
                    .isInstanceOf(AssertionError.class)
                    .hasMessage("its own");
            assertHarmless(codec);
        }
    }

    @ParameterizedTest
    @EnumSource
    void soIsAConstructorThatThrows(SchemaFormat format) {
        Codec<Failing> codec = Codecs.own(Failing.class, format);
        for (Failing.Kind kind : List.of(Failing.Kind.BOUNDS, Failing.Kind.STATE, Failing.Kind.STACK)) {
            assertThatThrownBy(() -> decodeFailing(codec, format, kind))
                    .isInstanceOf(MalformedPayloadException.class)
                    .hasMessageStartingWith("Failing: ");
            assertHarmless(codec);
        }
        assertThatThrownBy(() -> decodeFailing(codec, format, Failing.Kind.ERROR))
                .isInstanceOf(AssertionError.class)
                .hasMessage("its own");
        assertHarmless(codec);
    }

    @SuppressWarnings("EnumOrdinal") // it is the index of the symbol
    private static void decodeFailing(Codec<Failing> codec, SchemaFormat format, Failing.Kind kind) {
        byte[] payload = format == SchemaFormat.AVRO
                ? new byte[] {0, (byte) (kind.ordinal() * 2), 0}
                : ("{\"before\":\"\",\"kind\":\"" + kind + "\",\"text\":\"\"}")
                        .getBytes(java.nio.charset.StandardCharsets.UTF_8);
        Failing.IN_CONSTRUCTOR.set(true);
        try {
            Codecs.decode(codec, payload);
        } finally {
            Failing.IN_CONSTRUCTOR.remove();
        }
    }

    record Texts(List<String> texts, Map<String, String> byName) {}

    /** Says that it has another number of elements than it gives. */
    private static final class Liar extends AbstractList<String> {
        private final int claimed;
        private final List<String> held;

        Liar(int claimed, String... held) {
            this.claimed = claimed;
            this.held = List.of(held);
        }

        @Override
        public String get(int index) {
            return held.get(index);
        }

        @Override
        public java.util.Iterator<String> iterator() {
            return held.iterator();
        }

        @Override
        public int size() {
            return claimed;
        }
    }

    @Test
    void aListThatChangesMeanwhileIsRefused() {
        Codec<Texts> codec = Codecs.own(Texts.class, SchemaFormat.AVRO);
        for (Liar liar : List.of(
                new Liar(1), new Liar(0, "a"), new Liar(3, "a", "b"), new Liar(1, "a", "b"), new Liar(-1, "a"))) {
            assertThatThrownBy(() -> codec.encode(new Texts(liar, Map.of()), 0))
                    .isInstanceOf(MismatchedValueException.class)
                    .hasMessageContaining("Texts.texts")
                    .hasMessageContaining("changed");
        }
    }

    private static List<String> changing(Supplier<RuntimeException> failure) {
        return new AbstractList<>() {
            @Override
            public String get(int index) {
                throw failure.get();
            }

            @Override
            public int size() {
                return 2;
            }
        };
    }

    @ParameterizedTest
    @EnumSource
    void aListThatThrowsIsTheValuesFault(SchemaFormat format) {
        Codec<Texts> codec = Codecs.own(Texts.class, format);
        List<Supplier<RuntimeException>> failures = List.of(
                java.util.ConcurrentModificationException::new,
                IndexOutOfBoundsException::new,
                IllegalStateException::new,
                NullPointerException::new);
        for (Supplier<RuntimeException> failure : failures) {
            assertThatThrownBy(() -> codec.encode(new Texts(changing(failure), Map.of()), 0))
                    .isInstanceOf(MismatchedValueException.class);
            Texts fine = new Texts(List.of("a"), Map.of("b", "c"));
            assertThat(Codecs.decode(codec, codec.encode(fine, 0))).isEqualTo(fine);
        }
    }
}
