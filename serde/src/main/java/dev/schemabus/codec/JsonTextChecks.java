package dev.schemabus.codec;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What a JSON Schema asserts about texts. */
final class JsonTextChecks {

    private static final String TEXT = "is a text";

    private JsonTextChecks() {}

    /** Takes what is about texts; {@code format} and {@code contentEncoding} only describe. */
    static List<JsonCheck> of(JsonKeywords keywords) {
        List<JsonCheck> checks = new ArrayList<>();
        int min = keywords.takeSize("minLength");
        int max = keywords.takeSize("maxLength");
        if (min > 0) {
            checks.add(text -> {
                if (isShorter((String) text, min)) {
                    throw JsonCheck.broken(TEXT, "minLength", min);
                }
            });
        }
        if (max >= 0) {
            checks.add(text -> {
                if (isLonger((String) text, max)) {
                    throw JsonCheck.broken(TEXT, "maxLength", max);
                }
            });
        }
        JsonNode regex = keywords.take("pattern");
        if (regex != null) {
            BoundedPattern pattern = new BoundedPattern(regex.asText());
            checks.add(text -> {
                if (!pattern.isFoundIn((String) text)) {
                    throw JsonCheck.broken(TEXT, "pattern", regex.asText());
                }
            });
        }
        for (String keyword : List.of("enum", "const")) {
            JsonNode values = keywords.take(keyword);
            if (values != null) {
                Set<String> allowed = texts(keyword, values);
                checks.add(text -> {
                    if (!allowed.contains(text)) {
                        throw JsonCheck.broken(TEXT, keyword, values);
                    }
                });
            }
        }
        return checks;
    }

    /** Takes what is about the length of Base64 texts, for the bytes that they stand for. */
    static List<JsonCheck> ofBase64(JsonKeywords keywords) {
        List<JsonCheck> checks = new ArrayList<>();
        int min = keywords.takeSize("minLength");
        int max = keywords.takeSize("maxLength");
        if (min > 0) {
            checks.add(bytes -> {
                if (base64Length((byte[]) bytes) < min) {
                    throw JsonCheck.broken(TEXT, "minLength", min);
                }
            });
        }
        if (max >= 0) {
            checks.add(bytes -> {
                if (base64Length((byte[]) bytes) > max) {
                    throw JsonCheck.broken(TEXT, "maxLength", max);
                }
            });
        }
        return checks;
    }

    private static long base64Length(byte[] bytes) {
        return (bytes.length + 2L) / 3 * 4;
    }

    /** The texts among the values that {@code enum} or {@code const} name. */
    static Set<String> texts(String keyword, JsonNode values) {
        Set<String> texts = new HashSet<>();
        for (JsonNode value : keyword.equals("const") ? List.of(values) : values) {
            if (value.isTextual()) {
                texts.add(value.textValue());
            }
        }
        return texts;
    }

    /** Characters count, not UTF-16 units; most texts need no counting. */
    private static boolean isShorter(String text, int min) {
        return text.length() < min || (text.length() < 2L * min && text.codePointCount(0, text.length()) < min);
    }

    private static boolean isLonger(String text, int max) {
        return text.length() > max && text.codePointCount(0, text.length()) > max;
    }
}
