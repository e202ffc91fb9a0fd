package dev.schemabus.testkit.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** Everything that a node of a registry says about what it holds: versions, deleted ones too, ids, schemas, settings. */
final class RegistryContent {

    private static final JsonMapper JSON = new JsonMapper();
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private RegistryContent() {}

    /** Answers by path. */
    static Map<String, JsonNode> of(String url) throws IOException, InterruptedException {
        Map<String, JsonNode> all = new TreeMap<>();
        for (String path : new String[] {"/contexts", "/config", "/mode", "/schemas?subjectPrefix=:*:&deleted=true"}) {
            all.put(path, get(url, path));
        }
        for (JsonNode subject : get(url, "/subjects?subjectPrefix=:*:&deleted=true")) {
            String encoded = URLEncoder.encode(subject.textValue(), StandardCharsets.UTF_8);
            for (String path : new String[] {
                "/config/" + encoded,
                "/mode/" + encoded,
                "/subjects/" + encoded + "/versions",
                "/subjects/" + encoded + "/versions/latest?format=resolved"
            }) {
                all.put(path, get(url, path));
            }
        }
        return all;
    }

    private static JsonNode get(String url, String path) throws IOException, InterruptedException {
        HttpResponse<String> answer = HTTP.send(
                HttpRequest.newBuilder(URI.create(url + path.replace(":*:", "%3A*%3A")))
                        .build(),
                BodyHandlers.ofString());
        return JSON.readTree(answer.body());
    }
}
