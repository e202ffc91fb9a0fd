package dev.schemabus.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.schemabus.registry.RegistryMode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The topic's format, byte for byte, as the reference writes it: {@code kafka.golden.txt} was written from its rules and
 * not by this code, so nothing updates it.
 */
class KafkaFormatTest {

    private static final Path GOLDEN = Path.of("src/test/resources/dev/schemabus/server/kafka.golden.txt");
    private static final String SCHEMA_KEY = "{'keytype':'SCHEMA','subject':'s','version':1,'magic':1}";

    /** In the order of the golden file. */
    private static List<Change> changes() {
        StoredSchema text = new StoredSchema("AVRO", "\"string\"");
        StoredSchema full = new StoredSchema(
                "JSON",
                "{\"$ref\":\"line.json\"}",
                List.of(new SchemaReference("line.json", "line", 3)),
                Optional.of(json("{'tags':{'**.ssn':['PII']},'properties':{'owner':'sales'},'sensitive':['owner']}")),
                Optional.of(json("{'domainRules':[{'name':'r','kind':'CONDITION','mode':'WRITE','type':'CEL',"
                        + "'expr':'true'}]}")));
        Config config = new Config(json("{'someday':1,'compatibilityLevel':'FULL','compatibilityGroup':'major',"
                + "'normalize':true,'alias':'orders','defaultMetadata':{'properties':{'owner':'sales'}}}"));
        Optional<String> orders = Optional.of("orders-value");
        return List.of(
                new Change.SchemaStored("orders-value", 1, 1, text, false),
                new Change.SchemaStored(":.eu:orders-value", 2, 7, full, true),
                new Change.SchemaRemoved("orders-value", 1),
                new Change.SubjectDeleted("orders-value", 2),
                new Change.SubjectCleared(Optional.of(":.eu:")),
                new Change.SubjectCleared(Optional.empty()),
                new Change.ContextStored(".eu"),
                new Change.ConfigStored(orders, config),
                new Change.ConfigStored(Optional.empty(), new Config(json("{'compatibilityLevel':'NONE'}"))),
                new Change.ConfigRemoved(orders),
                new Change.ModeStored(orders, RegistryMode.IMPORT),
                new Change.ModeStored(Optional.empty(), RegistryMode.READONLY),
                new Change.ModeRemoved(Optional.empty()),
                new Change.Noop());
    }

    private static List<KafkaMessage> golden() throws IOException {
        List<String> lines = Files.readAllLines(GOLDEN).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .toList();
        return IntStream.range(0, lines.size() / 2)
                .mapToObj(i -> new KafkaMessage(
                        lines.get(2 * i), lines.get(2 * i + 1).equals("null") ? null : lines.get(2 * i + 1)))
                .toList();
    }

    @Test
    void everyChangeIsWrittenAsTheReferenceWritesIt() throws Exception {
        assertThat(changes()).map(KafkaEncoder::encode).containsExactlyElementsOf(golden());
    }

    @Test
    void everyMessageOfTheReferenceIsUnderstood() throws Exception {
        List<Change> understood = new ArrayList<>();
        for (KafkaMessage message : golden()) {
            understood.add(KafkaDecoder.decode(message.keyBytes(), message.valueBytes())
                    .orElseThrow()
                    .change());
        }
        assertThat(understood).containsExactlyElementsOf(changes());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'keytype':'CONFIG','subject':null,'magic':0}",
                "{'magic':0,'keytype':'CONFIG','subject':null}",
                "{'keytype':'CONFIG'}",
                "{'keytype':'CONFIG','magic':0,'someday':true}"
            })
    void otherSpellingsOfAKeyMeanTheSame(String key) throws Exception {
        assertThat(decode(key, "{'compatibilityLevel':'NONE'}"))
                .map(KafkaDecoder.Decoded::change)
                .contains(new Change.ConfigStored(Optional.empty(), new Config(json("{'compatibilityLevel':'NONE'}"))));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "\"{'keytype':'CONTEXT','tenant':'someone','context':'.eu','magic':0}\", {}",
                "\"{'keytype':'CONTEXT','tenant':'default','context':'.eu','magic':0}\",",
                "\"{'keytype':'SOMEDAY','magic':9}\", not even JSON",
                "\"{'keytype':'DELETE_SUBJECT','subject':'s','magic':0}\",",
                "\"{'keytype':'CLEAR_SUBJECT','subject':'s','magic':0}\","
            })
    void whatIsForOthersIsLeftAlone(String key, @Nullable String value) throws Exception {
        assertThat(decode(key, value)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            delimiter = '|',
            value = {
                "not JSON | {} | its key is no JSON object",
                "[] | {} | its key is no JSON object",
                "{'subject':'s'} | {} | its key has no keytype",
                "{'keytype':1} | {} | the keytype in its key is no text",
                "{'keytype':'SCHEMA','subject':'s','magic':1} | {} | the version in its key is no whole number from 1"
                        + " up",
                "{'keytype':'SCHEMA','subject':'s','version':1,'magic':2} | {} | its key's magic is 2",
                "{'keytype':'MODE','magic':'0'} | {'mode':'IMPORT'} | its key's magic is \"0\"",
                "{'keytype':'MODE','magic':0} | {'mode':'SOMETIMES'} | its value has no mode: Unknown mode",
                "{'keytype':'MODE','magic':0} | {} | its value has no mode",
                "{'keytype':'CONFIG','magic':0} | {'compatibilityLevel':'MAYBE'} | its value has no level",
                "{'keytype':'CONFIG','magic':0} | x | its value is no JSON object",
                "{'keytype':'DELETE_SUBJECT','subject':'s','magic':0} | {'subject':'t','version':1} | of another"
                        + " subject",
                "{'keytype':'NOOP','magic':0} | {'highestIds':{'.':-1}} | the . in its value is no whole number"
            })
    void whatMakesNoSenseIsRefusedWithTheReason(String key, String value, String reason) {
        assertThatExceptionOfType(KafkaDecoder.CorruptMessageException.class)
                .isThrownBy(() -> decode(key, value))
                .withMessageContaining(reason);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            delimiter = '|',
            value = {
                "{'subject':'t','version':1,'id':1,'schema':'x'} | of another version than its key",
                "{'subject':'s','version':2,'id':1,'schema':'x'} | of another version than its key",
                "{'subject':'s','version':1,'schema':'x'} | the id in its value is no whole number from 0 up",
                "{'subject':'s','version':1,'id':1.5,'schema':'x'} | the id in its value is no whole number",
                "{'subject':'s','version':1,'id':3000000000,'schema':'x'} | the id in its value is no whole number",
                "{'subject':'s','version':1,'id':'1','schema':'x'} | the id in its value is no whole number",
                "{'subject':'s','version':1,'id':1} | its value has no schema",
                "{'subject':'s','version':1,'id':1,'schema':{}} | the schema in its value is no text",
                "{'subject':'s','version':1,'id':1,'schema':'x','deleted':'no'} | the deleted in its value is neither",
                "{'subject':'s','version':1,'id':1,'schema':'x','references':{}} | the references in its value are no"
                        + " list",
                "{'subject':'s','version':1,'id':1,'schema':'x','references':[{}]} | its value has no name",
                "{'subject':'s','version':1,'id':1,'schema':'x','metadata':1} | the metadata in its value is no JSON",
                "{'subject':'s','subject':'s','version':1,'id':1,'schema':'x'} | its value is no JSON object",
                "{'subject':'s','version':1,'id':1,'schema':'x'} {} | its value is no JSON object"
            })
    void aVersionThatMakesNoSenseIsRefusedWithTheReason(String value, String reason) {
        whatMakesNoSenseIsRefusedWithTheReason(SCHEMA_KEY, value, reason);
    }

    @Test
    void bytesThatAreNoTextAreNotReadAsOtherText() {
        byte[] value = "{\"subject\":\"s\",\"version\":1,\"id\":1,\"schema\":\"?\"}".getBytes(StandardCharsets.UTF_8);
        value[value.length - 3] = (byte) 0xFF;

        assertThatExceptionOfType(KafkaDecoder.CorruptMessageException.class)
                .isThrownBy(() -> KafkaDecoder.decode(bytes(SCHEMA_KEY), value))
                .withMessageContaining("its value is no JSON object");
    }

    @Test
    void aMessageWithoutAKeyIsRefused() {
        assertThatExceptionOfType(KafkaDecoder.CorruptMessageException.class)
                .isThrownBy(() -> KafkaDecoder.decode(null, bytes("{}")))
                .withMessageContaining("it has no key");
    }

    @Test
    void theHighestIdsAreAMarkerToTheReference() throws Exception {
        Change change = new Change.IdsUsed(Map.of(".", 7, ".eu", 2));
        KafkaMessage message = KafkaEncoder.encode(change);

        // The same object to a parser, other bytes to Kafka.
        assertThat(json(message.key())).isEqualTo(json(KafkaKeys.noop()));
        assertThat(message.key()).isNotEqualTo(KafkaKeys.noop());
        assertThat(message.value()).isEqualTo("{\"highestIds\":{\".\":7,\".eu\":2}}");
        assertThat(KafkaDecoder.decode(message.keyBytes(), message.valueBytes()))
                .map(KafkaDecoder.Decoded::change)
                .contains(change);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            delimiter = '|',
            value = {"|", "not JSON |", "{'highestIds':7} |", "{'leader':'x'} |"})
    void aMarkerOfOthersMayHoldAnything(@Nullable String value) throws Exception {
        assertThat(decode("{'magic':0,'keytype':'NOOP'}", value))
                .map(KafkaDecoder.Decoded::change)
                .contains(new Change.Noop());
    }

    private static Optional<KafkaDecoder.Decoded> decode(String key, @Nullable String value)
            throws KafkaDecoder.CorruptMessageException {
        return KafkaDecoder.decode(bytes(key), value == null ? null : bytes(value));
    }

    /** Single quotes stand for double ones. */
    private static byte[] bytes(String text) {
        return text.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }

    private static JsonNode json(String text) {
        try {
            return Json.MAPPER.readTree(text.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
