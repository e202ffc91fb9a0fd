package dev.schemabus.samples.migration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

class TopicByTopicTest {

    @Test
    void whoHasMovedAndWhoHasNotReadEachOther() throws InterruptedException, ExecutionException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        TopicByTopic.run(new PrintStream(out, true, StandardCharsets.UTF_8));

        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualToNormalizingNewlines("""
                1  Yesterday: generic records
                   wrote {"orderId": "o-1", "cents": 1990}
                2  A consumer moves: the same bytes as a record
                   read Payment[orderId=o-1, cents=1990, channel=unknown]
                3  A producer moves: its schema is the next version of the subject
                   wrote Payment[orderId=o-2, cents=500, channel=web]
                4  A consumer that hasn't moved reads both
                   read {"orderId": "o-1", "cents": 1990}
                   read {"orderId": "o-2", "cents": 500, "channel": "web"}
                5  The schema's GUID in a header, and a checksum of the payload
                   wrote Payment[orderId=o-3, cents=250, channel=shop]
                   read Payment[orderId=o-1, cents=1990, channel=unknown]
                   read Payment[orderId=o-2, cents=500, channel=web]
                   read Payment[orderId=o-3, cents=250, channel=shop] + header __value_schema_id + header schemabus-crc32c
                """);
    }
}
