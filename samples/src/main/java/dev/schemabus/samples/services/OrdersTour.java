package dev.schemabus.samples.services;

import dev.schemabus.bus.DeadLetter;
import dev.schemabus.bus.DeadLetterFilter;
import dev.schemabus.bus.DeadLetterReason;
import dev.schemabus.bus.DeadLetters;
import dev.schemabus.bus.DecodedLetter;
import dev.schemabus.bus.EventBus;
import dev.schemabus.bus.ReplayOption;
import dev.schemabus.bus.ReplayReport;
import dev.schemabus.bus.ReplayTarget;
import dev.schemabus.server.RegistryServer;
import dev.schemabus.testkit.EmbeddedKafka;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Orders go from service to service. One record is no event, and one order can't be shipped: both become dead letters and
 * hold nobody up. Then shipping is put right, and what it had to leave is replayed to it alone.
 */
public final class OrdersTour {

    private static final int ORDERS = 20;
    private static final int FAR_AWAY = 13;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Store store;
    private final PrintStream out;

    private OrdersTour(Store store, PrintStream out) {
        this.store = store;
        this.out = out;
    }

    /** Prints to standard output. */
    public static void main(String[] args) throws InterruptedException, ExecutionException {
        run(new PrintStream(System.out, true, StandardCharsets.UTF_8));
    }

    static void run(PrintStream out) throws InterruptedException, ExecutionException {
        try (EmbeddedKafka kafka = EmbeddedKafka.start();
                RegistryServer registry = RegistryServer.start(0)) {
            new OrdersTour(new Store(kafka.bootstrapServers(), registry.url()), out).run();
        }
    }

    private void run() throws InterruptedException, ExecutionException {
        try (Ledger ledger = new Ledger(store);
                PaymentService payment = new PaymentService(store)) {
            out.println("1  " + ORDERS
                    + " orders, one to a country that no carrier goes to, and a record that is no event");
            try (ShippingService shipping = new ShippingService(store, Map.of("NL", "tulip"));
                    OrderService orders = new OrderService(store)) {
                for (int i = 0; i < ORDERS; i++) {
                    orders.place("o-" + i, i == FAR_AWAY ? "IS" : "NL", 100L * i);
                }
                writeWhatIsNoEvent();
                await(() -> ledger.shipped() == ORDERS - 1 && letters(ShippingService.GROUP) == 2);
                await(() -> letters(PaymentService.GROUP) == 1);
                report(ledger, payment, shipping);
            }

            out.println("2  What they could not do");
            browse(PaymentService.GROUP);
            browse(ShippingService.GROUP);

            out.println("3  Shipping finds a carrier, starts again, and gets what it had to leave");
            try (ShippingService shipping = new ShippingService(store, Map.of("NL", "tulip", "IS", "geyser"))) {
                replay();
                await(() -> ledger.shipped() == ORDERS);
                report(ledger, payment, shipping);
            }
        }
    }

    private void report(Ledger ledger, PaymentService payment, ShippingService shipping) {
        out.println("   " + ledger + (payment.runs() && shipping.runs() ? ", and all services run" : ""));
    }

    /** An old program, perhaps, that nobody remembers. */
    private void writeWhatIsNoEvent() throws InterruptedException, ExecutionException {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", store.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(
                            Store.TOPIC,
                            "o-2".getBytes(StandardCharsets.UTF_8),
                            "<order/>".getBytes(StandardCharsets.UTF_8)))
                    .get();
        }
    }

    private int letters(String group) {
        try (EventBus bus = store.bus("operator")) {
            return bus.deadLetters(Store.TOPIC, group)
                    .browse(DeadLetterFilter.all(), ORDERS)
                    .size();
        }
    }

    private void browse(String group) {
        try (EventBus bus = store.bus("operator")) {
            DeadLetters letters = bus.deadLetters(Store.TOPIC, group);
            List<String> lines = letters.browse(DeadLetterFilter.all(), ORDERS).stream()
                    .map(letter -> "   " + group + ": " + describe(letter, letters.decode(letter)))
                    .sorted()
                    .toList();
            lines.forEach(out::println);
        }
    }

    private static String describe(DeadLetter letter, DecodedLetter decoded) {
        String why = letter.reason().map(Enum::name).orElse("?") + " after "
                + letter.attempts().orElse(0) + " attempt(s)";
        return decoded instanceof DecodedLetter.Json json
                ? why + ": " + letter.message().orElse("?") + "\n      " + json.json()
                : why + ": can't be read";
    }

    private void replay() {
        try (EventBus bus = store.bus("operator")) {
            DeadLetters letters = bus.deadLetters(Store.TOPIC, ShippingService.GROUP);
            // What can't be read to-day can't be read tomorrow: only what a handler left is worth another try.
            DeadLetterFilter left = DeadLetterFilter.all().reason(DeadLetterReason.HANDLER);
            ReplayReport rehearsal = letters.replay(left, ReplayTarget.GROUP_ONLY, ReplayOption.dryRun(true));
            out.println("   rehearsed: " + rehearsal.matched() + " of " + rehearsal.scanned());
            ReplayReport report = letters.replay(left, ReplayTarget.GROUP_ONLY);
            out.println("   replayed: " + report.replayed());
        }
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                throw new IllegalStateException("It takes longer than " + PATIENCE.toSeconds() + " s");
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }
}
