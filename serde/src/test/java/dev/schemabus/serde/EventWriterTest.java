package dev.schemabus.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.schemabus.codec.UnreadableSchemaException;
import dev.schemabus.registry.RegistryUnavailableException;
import dev.schemabus.registry.SchemaId;
import dev.schemabus.registry.SchemaNotFoundException;
import dev.schemabus.registry.Subject;
import dev.schemabus.registry.SubjectNaming;
import dev.schemabus.schema.Default;
import dev.schemabus.schema.Doc;
import dev.schemabus.schema.Name;
import dev.schemabus.schema.SchemaException;
import dev.schemabus.schema.SchemaFormat;
import dev.schemabus.schema.SchemaGenerator;
import dev.schemabus.schema.Shared;
import dev.schemabus.wire.WireFormats;
import java.lang.management.ClassLoadingMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EventWriterTest {

    sealed interface OrderEvent permits Placed, Cancelled {}

    @Name("shop.Placed")
    record Placed(String id) implements OrderEvent {}

    @Name("shop.Cancelled")
    record Cancelled(String id, int reason) implements OrderEvent {}

    @Name("shop.Placed")
    record PlacedLater(String id, @Default("web") String channel) {}

    @Name("shop.Placed")
    record PlacedOtherwise(int id) {}

    private final TinyRegistry registry = new TinyRegistry();

    @Test
    void aTypeIsRegisteredOncePerTopic() {
        EventWriter<OrderEvent> writer = EventWriter.<OrderEvent>builder(registry)
                .naming(SubjectNaming.TOPIC_RECORD)
                .build();
        for (int i = 0; i < 3; i++) {
            writer.write("orders", new Placed("o-1"));
            writer.write("orders", new Cancelled("o-1", 2));
            writer.write("archive", new Placed("o-1"));
        }

        assertThat(registry.calls())
                .containsExactly(
                        "register orders-shop.Placed",
                        "register orders-shop.Cancelled",
                        "register archive-shop.Placed");
    }

    @Test
    void preparingDoesWhatTheFirstRecordWouldDo() {
        EventWriter<OrderEvent> writer =
                EventWriter.<OrderEvent>builder(registry).build();

        writer.prepare("orders", Placed.class);
        assertThat(registry.calls()).containsExactly("register orders-value");
        writer.write("orders", new Placed("o-1"));
        assertThat(registry.calls()).hasSize(1);
    }

    @Test
    void keysHaveSubjectsOfTheirOwn() {
        EventWriter.<Placed>builder(registry).isKey(true).build().write("orders", new Placed("o-1"));

        assertThat(registry.calls()).containsExactly("register orders-key");
    }

    @Test
    void aFailureIsNotRemembered() {
        EventWriter<Placed> writer = EventWriter.<Placed>builder(registry).build();
        registry.failWith(new RegistryUnavailableException(0, "down"));
        assertThatThrownBy(() -> writer.write("orders", new Placed("o-1"))).hasMessage("down");

        registry.failWith(null);

        assertThat(writer.write("orders", new Placed("o-1"))).hasSize(5 + 4);
    }

    @Test
    void lookingUpNeverRegisters() {
        EventWriter<Placed> writer = EventWriter.<Placed>builder(registry)
                .source(SchemaSource.LOOKUP)
                .build();

        assertThatThrownBy(() -> writer.write("orders", new Placed("o-1")))
                .isInstanceOf(SchemaNotFoundException.class)
                .hasMessageContaining("auto.register.schemas=false: register it before the first record");
        assertThat(registry.calls()).containsExactly("lookup orders-value", "latest orders-value");
    }

    @Name("shop.Placed")
    @Doc("An order was placed.")
    record PlacedExplained(@Doc("Never used twice.") String id) {}

    @ParameterizedTest
    @EnumSource
    void aVersionThatDiffersInItsDocsIsFound(SchemaFormat format) {
        EventWriter.<PlacedExplained>builder(registry).format(format).build().prepare("orders", PlacedExplained.class);
        EventWriter<Placed> writer = EventWriter.<Placed>builder(registry)
                .format(format)
                .source(SchemaSource.LOOKUP)
                .build();

        byte[] bytes = writer.write("orders", new Placed("o-1"));
        writer.write("orders", new Placed("o-2"));

        assertThat(WireFormats.PREFIX_ID.open(null, bytes).schema()).isEqualTo(new SchemaId(0));
        assertThat(registry.calls())
                .containsExactly("register orders-value", "lookup orders-value", "latest orders-value");
    }

    @Test
    void aVersionThatDiffersInMoreIsNotFound() {
        EventWriter.<PlacedOtherwise>builder(registry).build().prepare("orders", PlacedOtherwise.class);
        EventWriter<Placed> writer = EventWriter.<Placed>builder(registry)
                .source(SchemaSource.LOOKUP)
                .build();

        assertThatThrownBy(() -> writer.prepare("orders", Placed.class)).isInstanceOf(SchemaNotFoundException.class);
    }

    @Shared
    record Money(String currency, long amount) {}

    record Invoice(Money total, List<Money> parts) {}

    @ParameterizedTest
    @EnumSource
    void aSharedRecordIsRegisteredWithWhatUsesIt(SchemaFormat format) {
        Money one = new Money("EUR", 1);
        Invoice invoice = new Invoice(one, List.of(one, new Money("CHF", 2)));

        byte[] bytes =
                EventWriter.<Invoice>builder(registry).format(format).build().write("invoices", invoice);

        assertThat(registry.calls()).containsExactly("register invoices-value");
        assertThat(registry.byId(new SchemaId(0)).references()).hasSize(1);
        assertThat(EventReader.<Invoice>builder(registry)
                        .type(Invoice.class)
                        .build()
                        .read("invoices", bytes))
                .isEqualTo(invoice);
    }

    @ParameterizedTest
    @EnumSource
    void aSharedRecordMayBeWrittenOut(SchemaFormat format) {
        EventWriter.<Invoice>builder(registry)
                .format(format)
                .references(false)
                .build()
                .prepare("invoices", Invoice.class);

        assertThat(registry.byId(new SchemaId(0)).references()).isEmpty();
    }

    @Test
    void theLatestVersionsSchemaIsWrittenUnder() {
        EventWriter.<PlacedLater>builder(registry).build().prepare("orders", PlacedLater.class);
        EventWriter<Placed> writer = EventWriter.<Placed>builder(registry)
                .source(SchemaSource.LATEST)
                .build();

        byte[] bytes = writer.write("orders", new Placed("o-1"));

        assertThat(WireFormats.PREFIX_ID.open(null, bytes).schema()).isEqualTo(new SchemaId(0));
        assertThat(EventReader.<PlacedLater>builder(registry)
                        .type(PlacedLater.class)
                        .build()
                        .read("orders", bytes))
                .isEqualTo(new PlacedLater("o-1", "web"));
    }

    /** An encoder is a class of its own, which takes a millisecond to make. */
    @Test
    void aLatestVersionThatIsTheSameStillKeepsItsEncoder() {
        EventWriter.<Placed>builder(registry).build().prepare("orders", Placed.class);
        EventWriter.Builder<Placed> settings = EventWriter.<Placed>builder(registry)
                .source(SchemaSource.LATEST)
                .latestTtl(Duration.ZERO);
        WritePreparation<Placed> preparation = new WritePreparation<>(settings);

        PreparedWrite<Placed> first = preparation.prepare("orders", Placed.class, null, null);
        PreparedWrite<Placed> second = preparation.prepare("orders", Placed.class, null, first);
        EventWriter.<PlacedLater>builder(registry).build().prepare("orders", PlacedLater.class);
        PreparedWrite<Placed> third = preparation.prepare("orders", Placed.class, null, second);

        assertThat(first.isOutdated()).isTrue();
        assertThat(second.encoder).isSameAs(first.encoder);
        assertThat(third.encoder).isNotSameAs(first.encoder);
        assertThat(third.schema).isEqualTo(new SchemaId(1));
    }

    @Test
    void whatIsAskedForEveryRecordIsPreparedOnce() {
        EventWriter.<Placed>builder(registry).build().prepare("orders", Placed.class);
        EventWriter<Placed> writer = EventWriter.<Placed>builder(registry)
                .source(SchemaSource.LATEST)
                .latestTtl(Duration.ZERO)
                .build();
        writer.write("orders", new Placed("o-1"));
        ClassLoadingMXBean classes = ManagementFactory.getClassLoadingMXBean();
        long before = classes.getTotalLoadedClassCount();

        for (int i = 0; i < 100; i++) {
            writer.write("orders", new Placed("o-1"));
        }

        assertThat(classes.getTotalLoadedClassCount() - before).isLessThan(100);
        assertThat(registry.calls()).filteredOn("latest orders-value"::equals).hasSize(101);
    }

    @Test
    void aTimeLongerThanTheClocksIsForEver() {
        EventWriter.<Placed>builder(registry).build().prepare("orders", Placed.class);
        EventWriter<Placed> writer = EventWriter.<Placed>builder(registry)
                .source(SchemaSource.LATEST)
                .latestTtl(Duration.ofSeconds(Long.MAX_VALUE))
                .build();

        assertThat(writer.write("orders", new Placed("o-1"))).hasSize(5 + 4);
    }

    @Test
    void aTypeTakesOnePlaceAmongTheRecentOnes() {
        RecentWrites<Object> recent = new RecentWrites<>();
        List<PreparedWrites.Entry<Object>> entries = new ArrayList<>(); // which are held weakly
        for (int i = 0; i < 20; i++) {
            PreparedWrites.Entry<Object> entry = entry(Placed.class);
            entries.add(entry);
            recent.add(entry);
        }
        PreparedWrites.Entry<Object> other = entry(Cancelled.class);
        recent.add(other);

        assertThat(recent.find("orders", new Cancelled("o-1", 2))).isSameAs(other.write);
        assertThat(recent.find("orders", new Placed("o-1"))).isSameAs(entries.get(0).write);
    }

    private static PreparedWrites.Entry<Object> entry(Class<?> type) {
        return new PreparedWrites.Entry<>(
                new PreparedWrites.Key(type, "orders", null),
                new PreparedWrite<>(new SchemaId(1), null, (event, headroom) -> new byte[0]));
    }

    @Test
    void aLatestVersionThatCannotReadTheTypeIsRefused() {
        registry.register(
                new Subject("orders-value"),
                SchemaGenerator.standard().generate(PlacedOtherwise.class, SchemaFormat.AVRO));
        EventWriter<Placed> writer = EventWriter.<Placed>builder(registry)
                .source(SchemaSource.LATEST)
                .build();

        assertThatThrownBy(() -> writer.write("orders", new Placed("o-1")))
                .isInstanceOf(UnreadableSchemaException.class)
                .hasMessageStartingWith("shop.Placed doesn't fit version 1 of orders-value, the latest: ")
                .hasMessageEndingWith("(use.latest.version=true with latest.compatibility.strict=true)");
        EventWriter<Placed> choosy = EventWriter.<Placed>builder(registry)
                .source(new SchemaSource.Latest(Map.of("version", "1")))
                .build();
        assertThatThrownBy(() -> choosy.write("orders", new Placed("o-1")))
                .hasMessageStartingWith(
                        "shop.Placed doesn't fit version 1 of orders-value, the latest with the metadata"
                                + " {version=1}: ")
                .hasMessageEndingWith("(use.latest.with.metadata with latest.compatibility.strict=true)");
    }

    /** A rule may say that a component is to be encrypted. */
    @Test
    void nothingIsWrittenUnderASchemaWithRules() {
        EventWriter.<Placed>builder(registry).build().prepare("orders", Placed.class);
        registry.rule();

        for (SchemaSource source :
                List.of(SchemaSource.LATEST, new SchemaSource.Latest(Map.of("version", "1")), SchemaSource.LOOKUP)) {
            EventWriter<Placed> writer =
                    EventWriter.<Placed>builder(registry).source(source).build();
            assertThatThrownBy(() -> writer.write("orders", new Placed("o-1")))
                    .isInstanceOf(SchemaException.class)
                    .hasMessageStartingWith("Version 1 of subject 'orders-value' has rules (ruleSet), which");
        }
    }

    @Test
    void aPlainValueIsSentToKafkasOwnSerializer() {
        EventWriter<Object> writer = EventWriter.builder(registry).build();

        assertThatThrownBy(() -> writer.write("orders", "text"))
                .isInstanceOf(SchemaException.class)
                .hasMessageEndingWith("set value.serializer=org.apache.kafka.common.serialization.StringSerializer");
    }

    @Test
    void manyThreadsWriteTheSameBytes() throws Exception {
        EventWriter<Placed> writer = EventWriter.<Placed>builder(registry).build();
        Callable<byte[]> write = () -> writer.write("orders", new Placed("o-1"));
        ExecutorService threads = Executors.newFixedThreadPool(16);
        try {
            List<Future<byte[]>> all = threads.invokeAll(
                    IntStream.range(0, 200).mapToObj(i -> write).toList());
            for (Future<byte[]> one : all) {
                assertThat(one.get()).asHexString().isEqualTo("0000000000" + "066F2D31");
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    @Timeout(20)
    void aRegistryThatHangsForOneTopicHoldsUpNoOther() throws Exception {
        EventWriter<Placed> writer = EventWriter.<Placed>builder(registry).build();
        registry.hangOn("register slow-value");
        FutureTask<byte[]> slow = new FutureTask<>(() -> writer.write("slow", new Placed("o-1")));
        new Thread(slow).start();
        registry.awaitHang();

        assertThat(writer.write("orders", new Placed("o-1"))).isNotEmpty();
        assertThat(slow.isDone()).isFalse();

        registry.release();
        assertThat(slow.get()).isNotEmpty();
    }
}
