package dev.schemabus.bus.faults;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** What the nodes of {@link Brokers} are told: small, and quick to notice that one of them is gone. */
final class BrokerSettings {

    private BrokerSettings() {}

    /**
     * @param clients where the node listens for clients
     * @param advertised where clients find it
     * @param size how many nodes serve clients
     * @param voters all controllers, as {@code id@host:port}
     */
    static Map<String, String> of(
            int id,
            Path directory,
            int clients,
            int advertised,
            int internal,
            int controller,
            int size,
            List<String> voters) {
        String minInSync = size == 1 ? "1" : "2";
        Map<String, String> values = new HashMap<>();
        values.put("node.id", Integer.toString(id));
        values.put("process.roles", "broker,controller");
        values.put("log.dirs", directory.toString());
        values.put(
                "listeners",
                "CLIENTS://127.0.0.1:" + clients + ",INTERNAL://127.0.0.1:" + internal + ",CONTROLLER://127.0.0.1:"
                        + controller);
        values.put("advertised.listeners", "CLIENTS://127.0.0.1:" + advertised + ",INTERNAL://127.0.0.1:" + internal);
        values.put("listener.security.protocol.map", "CLIENTS:PLAINTEXT,INTERNAL:PLAINTEXT,CONTROLLER:PLAINTEXT");
        values.put("inter.broker.listener.name", "INTERNAL");
        values.put("controller.listener.names", "CONTROLLER");
        values.put("controller.quorum.voters", String.join(",", voters));
        values.put("broker.session.timeout.ms", "2000");
        values.put("broker.heartbeat.interval.ms", "400");
        values.put("min.insync.replicas", minInSync);
        values.put("default.replication.factor", Integer.toString(size));
        values.put("auto.create.topics.enable", "false");
        values.put("replica.fetch.backoff.ms", "100");
        values.put("replica.lag.time.max.ms", "5000");
        values.put("group.initial.rebalance.delay.ms", "0");
        values.put("group.min.session.timeout.ms", "100");
        for (String internalTopic :
                List.of("offsets.topic", "transaction.state.log", "share.coordinator.state.topic")) {
            values.put(internalTopic + ".replication.factor", Integer.toString(size));
            values.put(internalTopic + ".num.partitions", "3");
        }
        values.put("transaction.state.log.min.isr", minInSync);
        values.put("share.coordinator.state.topic.min.isr", minInSync);
        values.put("num.network.threads", "2");
        values.put("num.io.threads", "2");
        values.put("background.threads", "2");
        values.put("log.cleaner.threads", "1");
        values.put("log.cleaner.dedupe.buffer.size", Integer.toString(2 << 20));
        values.put("log.cleaner.io.buffer.size", Integer.toString(64 << 10));
        values.put("log.index.size.max.bytes", Integer.toString(1 << 20));
        return values;
    }

    /** Makes the settings those of a node that only votes. */
    static void makeController(Properties settings, int port) {
        settings.setProperty("process.roles", "controller");
        settings.setProperty("listeners", "CONTROLLER://127.0.0.1:" + port);
        settings.remove("advertised.listeners");
        settings.remove("inter.broker.listener.name");
    }
}
