package dev.schemabus.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/**
 * The registry's HTTP API as clients of any maker see it: paths, verbs, status, error codes and the keys of bodies. The
 * cases are a table, {@code registry-rest.txt} beside this class; its sections are the tests. Each makes subjects,
 * contexts and schemas of its own, so the registry need not be empty; none changes a global setting.
 */
@Timeout(60)
public abstract class RegistryRestContract {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Pattern LINE = Pattern.compile("([A-Z]+) (\\S+)(?: (.+?))? => (\\d{3})(?: (.*))?");
    private static final Pattern NAME = Pattern.compile("\\{(\\w+)}");

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** Where the registry under test answers, such as {@code http://127.0.0.1:8081}. */
    protected abstract String url();

    /**
     * Whether the registry under test is known to answer a line of the table otherwise. It must, then: a list of
     * deviations that aren't there any more fails too. No line deviates unless this is overridden.
     *
     * @param section the title of the line's section, without {@code ##}
     * @param line as it stands in the table; where it stands twice in a section, the second has {@code  #2} behind it
     */
    protected boolean deviates(String section, String line) {
        return false;
    }

    @TestFactory
    List<DynamicTest> theTable() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        sections().forEach((title, lines) -> tests.add(dynamicTest(title, () -> run(title, lines))));
        return tests;
    }

    private static Map<String, List<String>> sections() throws IOException {
        Map<String, List<String>> sections = new LinkedHashMap<>();
        try (InputStream in = RegistryRestContract.class.getResourceAsStream("registry-rest.txt")) {
            if (in == null) {
                throw new IOException("registry-rest.txt is not on the class path");
            }
            List<String> lines = new ArrayList<>();
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList()) {
                if (line.startsWith("## ")) {
                    lines = new ArrayList<>();
                    sections.put(line.substring(3), lines);
                } else if (!line.isBlank() && !line.startsWith("#")) {
                    lines.add(line);
                }
            }
        }
        return sections;
    }

    /** Runs all lines, also behind one that fails: what a registry answers otherwise is told at once. */
    private void run(String section, List<String> lines) throws IOException, InterruptedException {
        Map<String, String> names = names();
        Map<String, Integer> times = new HashMap<>();
        List<String> failures = new ArrayList<>();
        for (String line : lines) {
            Optional<String> failure = failure(line, names);
            int time = times.merge(line, 1, Integer::sum);
            boolean known = deviates(section, time == 1 ? line : line + " #" + time);
            if (known && failure.isEmpty()) {
                failures.add(line + "\nis answered as it should be: it is no deviation any more");
            } else if (!known) {
                failure.ifPresent(failures::add);
            }
        }
        assertThat(failures)
                .as("lines of '%s' that are answered otherwise", section)
                .isEmpty();
    }

    private Optional<String> failure(String line, Map<String, String> names) throws IOException, InterruptedException {
        Matcher parts = LINE.matcher(line);
        if (!parts.matches()) {
            return Optional.of(line + "\nis no line of the table");
        }
        String path = filled(parts.group(2), names);
        if (NAME.matcher(path).find()) {
            return Optional.of(line + "\nneeds a value that no answer before had");
        }
        String body = parts.group(3) == null ? "" : filled(parts.group(3), names);
        HttpResponse<String> answer = send(parts.group(1), path, body);
        String said = line + "\nanswered " + answer.statusCode() + " " + answer.body();
        try {
            assertThat(answer.statusCode()).as(said).isEqualTo(Integer.parseInt(parts.group(4)));
            if (parts.group(5) != null) {
                check(said, parts.group(5), answer.body(), names);
            }
            return Optional.empty();
        } catch (AssertionError e) {
            return Optional.of(String.valueOf(e.getMessage()));
        } catch (JsonProcessingException e) {
            return Optional.of(said + "\nwhich is no JSON");
        }
    }

    private static void check(String said, String expected, String body, Map<String, String> names) throws IOException {
        if (expected.matches("\\d+")) {
            JsonNode error = JSON.readTree(body);
            assertThat(error.path("error_code").asText()).as(said).isEqualTo(expected);
            assertThat(error.path("message").asText()).as(said).isNotBlank();
        } else if (expected.startsWith("= ")) {
            assertThat(JSON.readTree(body)).as(said).isEqualTo(JSON.readTree(filled(expected.substring(2), names)));
        } else if (expected.startsWith("~ ")) {
            assertThat(body).as(said).contains(filled(expected.substring(2), names));
        } else {
            boolean each = expected.startsWith("[] ");
            JsonNode answer = JSON.readTree(body);
            assertThat(answer.isEmpty()).as(said).isFalse();
            for (JsonNode item : each ? answer : List.of(answer)) {
                keys(said, expected.substring(each ? 3 : 0), item, names);
            }
        }
    }

    private static void keys(String said, String keys, JsonNode object, Map<String, String> names) {
        List<String> missing = new ArrayList<>();
        for (String key : keys.split(" ", -1)) {
            String[] keyAndName = key.split(">", -1);
            if (!object.has(keyAndName[0])) {
                missing.add(keyAndName[0]);
            } else if (keyAndName.length > 1) {
                names.put(keyAndName[1], object.get(keyAndName[0]).asText());
            }
        }
        assertThat(missing).as("%s%nlacks", said).isEmpty();
    }

    private HttpResponse<String> send(String verb, String path, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url() + path))
                .header("Content-Type", "application/vnd.schemaregistry.v1+json")
                .method(verb, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build();
        return http.send(request, BodyHandlers.ofString());
    }

    /** What the names in a section stand for: nobody else has these subjects and schemas. */
    private static Map<String, String> names() {
        String unique = UUID.randomUUID().toString().replace("-", "");
        Map<String, String> names = new LinkedHashMap<>();
        for (String subject : List.of("a", "b", "c")) {
            names.put(subject, "rest-" + unique + "-" + subject);
        }
        names.put("ctx", ".rest-" + unique);
        names.put("ctxOnly", ":.rest-" + unique + ":");
        names.put("lineName", "t" + unique + ".Line");
        names.put("order1", quoted(record(unique, "Order", field("id", "\"string\""))));
        names.put("order2", quoted(record(unique, "Order", field("id", "\"string\"") + "," + optional("note"))));
        names.put("order3", quoted(record(unique, "Order", field("id", "\"string\"") + "," + optional("memo"))));
        names.put("broken", quoted(record(unique, "Order", field("id", "\"int\""))));
        names.put("line", quoted(record(unique, "Line", field("quantity", "\"int\""))));
        names.put("refers", quoted(record(unique, "Order", field("line", "\"t" + unique + ".Line\""))));
        names.put(
                "whole",
                quoted(record(unique, "Order", field("line", record(unique, "Line", field("quantity", "\"int\""))))));
        String file = "syntax = \"proto3\";\npackage t" + unique + ";\n\n";
        names.put("proto1", quoted(file + "message Order {\n  string id = 1;\n}\n"));
        names.put("proto2", quoted(file + "message Order {\n  string id = 1;\n  string note = 2;\n}\n"));
        names.put("protoBroken", quoted(file + "message Order {\n  int32 id = 1;\n}\n"));
        names.put("protoLine", quoted(file + "message Line {\n  int32 quantity = 1;\n}\n"));
        names.put(
                "protoRefers",
                quoted(file.replace("\n\n", "\n\nimport \"line.proto\";\n\n")
                        + "message Order {\n  Line line = 1;\n}\n"));
        names.put(
                "json1",
                quoted("{\"title\":\"Order" + unique
                        + "\",\"type\":\"object\",\"properties\":{\"id\":{\"type\":\"string\"}}}"));
        return names;
    }

    private static String record(String unique, String name, String fields) {
        return "{\"type\":\"record\",\"name\":\"" + name + "\",\"namespace\":\"t" + unique + "\",\"fields\":[" + fields
                + "]}";
    }

    private static String field(String name, String type) {
        return "{\"name\":\"" + name + "\",\"type\":" + type + "}";
    }

    private static String optional(String name) {
        return "{\"name\":\"" + name + "\",\"type\":\"string\",\"default\":\"\"}";
    }

    private static String quoted(String text) {
        return JSON.getNodeFactory().textNode(text).toString();
    }

    private static String filled(String text, Map<String, String> names) {
        return NAME.matcher(text)
                .replaceAll(name -> Matcher.quoteReplacement(names.getOrDefault(name.group(1), name.group())));
    }
}
