package dev.schemabus.bus.faults;

import dev.schemabus.bus.faults.History.Delivery;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.awaitility.Awaitility;

/**
 * A {@link Member} in a JVM of its own, that may be killed or frozen. It tells the parent each handling when it begins and
 * when it is done, and stops inside the handler, or right after it, where it was told to.
 */
final class MemberMain {

    private static final String BEGIN = "B ";
    private static final String DELIVERY = "D ";

    private MemberMain() {}

    /**
     * What a member in a child is like.
     *
     * @param concurrency how many handlers may run at once
     * @param work how long each takes
     * @param holdAt from this number on, handlers of events do not return before they are let go; -1: none
     * @param heapMegabytes of the child
     * @param manner how it delivers, and what its handlers do
     */
    record Plan(int concurrency, Duration work, long holdAt, int heapMegabytes, Manner manner) {

        static final Plan PLAIN = new Plan(4, Duration.ZERO, -1, 128, Manner.PLAIN);

        Plan holdingAt(long number) {
            return new Plan(concurrency, work, number, heapMegabytes, manner);
        }

        Plan working(Duration time) {
            return new Plan(concurrency, time, holdAt, heapMegabytes, manner);
        }

        Plan heap(int megabytes) {
            return new Plan(concurrency, work, holdAt, megabytes, manner);
        }

        Plan in(Manner other) {
            return new Plan(concurrency, work, holdAt, heapMegabytes, other);
        }
    }

    /**
     * Starts a member in a child and waits until it has joined.
     *
     * @param begun told of each handling that begins
     */
    static ChildProcess start(Scene scene, String name, Plan plan, History history, Consumer<String> begun)
            throws InterruptedException {
        List<String> arguments = new ArrayList<>(List.of(
                scene.registry(),
                scene.topic(),
                scene.group(),
                name,
                Integer.toString(plan.concurrency()),
                Long.toString(plan.work().toNanos()),
                Long.toString(plan.holdAt()),
                plan.manner().name()));
        scene.kafka().forEach((key, value) -> arguments.add(key + "=" + value));
        return ChildProcess.start(name, plan.heapMegabytes(), MemberMain.class, arguments, line -> {
                    if (line.startsWith(DELIVERY)) {
                        history.add(delivery(line.substring(DELIVERY.length())));
                    } else if (line.startsWith(BEGIN)) {
                        begun.accept(line.substring(BEGIN.length()));
                    }
                })
                .awaitReady(Duration.ofSeconds(60));
    }

    /** Runs until it is killed, or told to {@code leave}. */
    public static void main(String[] arguments) {
        Map<String, Object> kafka = new HashMap<>();
        for (String setting : List.of(arguments).subList(8, arguments.length)) {
            String[] parts = setting.split("=", 2);
            kafka.put(parts[0], parts[1]);
        }
        Scene scene = new Scene(kafka, arguments[0], arguments[1], arguments[2]);
        long work = Long.parseLong(arguments[5]);
        long holdAt = Long.parseLong(arguments[6]);
        Manner manner = Manner.valueOf(arguments[7]);
        CountDownLatch letGo = new CountDownLatch(1);
        CountDownLatch leave = new CountDownLatch(1);
        ChildProcess.listen(told -> {
            switch (told) {
                case "go" -> letGo.countDown();
                case "leave" -> leave.countDown();
                default -> throw new IllegalArgumentException(told);
            }
        });
        try (Member member = Member.join(
                // One that takes the place of another of its name ends the transaction that it left open.
                scene.bus(settings -> settings.transactions(scene.group() + "-" + arguments[3], 1)),
                scene,
                arguments[3],
                delivery -> ChildProcess.say(DELIVERY + text(delivery)),
                (event, context, bus) -> {
                    ChildProcess.say(BEGIN + event.key() + " " + event.number());
                    if (holdAt >= 0 && event.number() >= holdAt) {
                        letGo.await();
                    }
                    TimeUnit.NANOSECONDS.sleep(work);
                    manner.handle(event, context, bus);
                },
                settings -> manner.settings(settings.concurrency(Integer.parseInt(arguments[4]))))) {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(50))
                    .until(() -> !member.subscription().assignment().isEmpty());
            ChildProcess.ready();
            leave.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        System.exit(0);
    }

    private static String text(Delivery delivery) {
        return delivery.member() + " " + delivery.partition() + " " + delivery.offset() + " " + delivery.key() + " "
                + delivery.number() + " " + delivery.attempt() + " " + delivery.start() + " " + delivery.end();
    }

    private static Delivery delivery(String text) {
        String[] parts = text.split(" ", 8);
        return new Delivery(
                parts[0],
                Integer.parseInt(parts[1]),
                Long.parseLong(parts[2]),
                parts[3],
                Long.parseLong(parts[4]),
                Integer.parseInt(parts[5]),
                Long.parseLong(parts[6]),
                Long.parseLong(parts[7]));
    }
}
