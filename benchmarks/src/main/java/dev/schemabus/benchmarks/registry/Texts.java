package dev.schemabus.benchmarks.registry;

/** Schemas that are all different: records with ten components, each of some 600 characters. */
final class Texts {

    private Texts() {}

    static String subject(int number) {
        return "orders-" + number + "-value";
    }

    static String schema(int number) {
        StringBuilder text = new StringBuilder(700)
                .append("{\"type\":\"record\",\"name\":\"Order")
                .append(number)
                .append("\",\"namespace\":\"com.acme.shop\",\"fields\":[");
        for (int i = 0; i < 10; i++) {
            text.append(i == 0 ? "" : ",")
                    .append("{\"name\":\"component")
                    .append(i)
                    .append("\",\"type\":\"string\",\"doc\":\"what it is\"}");
        }
        return text.append("]}").toString();
    }

    /** Within a JSON text. */
    static String quoted(String text) {
        return "\"" + text.replace("\"", "\\\"") + "\"";
    }

    static byte[] registration(int number) {
        return Exchange.post(
                "/subjects/" + subject(number) + "/versions", "{\"schema\":" + quoted(schema(number)) + "}");
    }
}
