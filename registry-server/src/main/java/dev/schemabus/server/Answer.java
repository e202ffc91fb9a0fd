package dev.schemabus.server;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/**
 * An HTTP answer before it is written.
 *
 * @param headers by name, those beyond length and date
 */
record Answer(int status, String body, Map<String, String> headers) {

    private static final String TYPE = "Content-Type";

    /** @param body JSON, or text as it stands */
    static Answer ok(String body) {
        return of(200, HttpRoutes.CONTENT_TYPE, body);
    }

    static Answer of(int status, String contentType, String body) {
        return new Answer(status, body, Map.of(TYPE, contentType));
    }

    static Answer error(int code, String message) {
        // Detailed codes are the HTTP status with two more digits.
        return of(code < 1000 ? code : code / 100, HttpRoutes.CONTENT_TYPE, Json.error(code, message));
    }

    Answer with(String header, String value) {
        return new Answer(
                status, body, Map.of(TYPE, headers.getOrDefault(TYPE, HttpRoutes.CONTENT_TYPE), header, value));
    }

    /**
     * This, with the tag by which a client may ask again whether it is still the same; or that it is, without a body.
     *
     * @param known the tags that the client knows, as {@code If-None-Match} says them (RFC 9110, 13.1.2); empty for none
     */
    Answer unlessKnown(String known) {
        String tag = '"' + digest() + '"';
        for (String one : known.split(",", -1)) {
            String wanted = one.strip();
            if (wanted.equals("*") || wanted.equals(tag) || wanted.equals("W/" + tag)) {
                return new Answer(304, "", headers).with("ETag", tag);
            }
        }
        return with("ETag", tag);
    }

    private String digest() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(body.getBytes(StandardCharsets.UTF_8)), 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
