package dev.schemabus.server;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** A leader's marker in the topic: the reference's NOOP, whose value it never reads, and in the value who leads. */
final class KafkaAnnouncement {

    private static final String LEADER = "leader";
    private static final String NODE = "node";

    private KafkaAnnouncement() {}

    static KafkaMessage of(URI url, String node) {
        return new KafkaMessage(KafkaKeys.noop(), Json.write(Json.object(LEADER, url.toString(), NODE, node)));
    }

    /** Whether requests can be sent there: http or https, with a host and nothing that isn't a node's. */
    static boolean isOfANode(URI url) {
        return ("http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme()))
                && url.getHost() != null
                && url.getRawUserInfo() == null
                && url.getRawQuery() == null
                && url.getRawFragment() == null;
    }

    /** Who leads, according to a marker; empty if it is somebody else's. */
    static Optional<KafkaLeadership.Leader> read(ConsumerRecord<byte[], byte[]> marker) {
        byte @Nullable [] value = marker.value();
        if (value == null) {
            return Optional.empty();
        }
        try {
            JsonNode fields = Json.MAPPER.readTree(value);
            if (fields.path(LEADER).isTextual() && fields.path(NODE).isTextual()) {
                URI url = URI.create(fields.path(LEADER).textValue());
                if (isOfANode(url)) {
                    return Optional.of(
                            new KafkaLeadership.Leader(url, fields.path(NODE).textValue(), marker.offset()));
                }
            }
        } catch (IOException | IllegalArgumentException e) {
            // Somebody else's.
        }
        return Optional.empty();
    }
}
