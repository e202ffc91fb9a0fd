package dev.schemabus.maven;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** The table of parameters in {@code docs/build-time.md} is that of the plugin's descriptor. */
class GuideTest {

    /** A parameter as the table shows it, and the goals that have it. */
    private record Row(String property, String defaultValue, String meaning, List<String> goals) {}

    @Test
    void theGuideListsEveryParameter() throws Exception {
        Map<String, Row> rows = new TreeMap<>();
        for (Element goal : elements(descriptor().getDocumentElement(), "mojo")) {
            for (Element parameter : elements(goal, "parameter")) {
                if (Boolean.parseBoolean(text(parameter, "editable"))) {
                    rows.computeIfAbsent(
                                    text(parameter, "name"), name -> row(goal, name, text(parameter, "description")))
                            .goals()
                            .add(text(goal, "goal"));
                }
            }
        }

        assertThat(rows)
                .isNotEmpty()
                .allSatisfy((name, row) -> assertThat(row.meaning()).as(name).isNotBlank());
        SampleIT.GUIDE.assertHolds("parameters", table(rows));
    }

    private static String table(Map<String, Row> rows) {
        return "| parameter | `-D` | goals | default | meaning |\n|---|---|---|---|---|\n"
                + rows.entrySet().stream()
                        .map(entry -> {
                            Row row = entry.getValue();
                            String goals = row.goals().size() == 3 ? "all" : String.join(", ", row.goals());
                            return "| `" + entry.getKey() + "` | " + literal(row.property()) + " | " + goals + " | "
                                    + literal(row.defaultValue()) + " | " + row.meaning() + " |\n";
                        })
                        .collect(Collectors.joining());
    }

    private static String literal(String text) {
        return text.isEmpty() ? "–" : "`" + text + "`";
    }

    private static Row row(Element goal, String name, String description) {
        String property = "";
        String defaultValue = "";
        for (Element configuration : elements(goal, "configuration")) {
            for (Element value : elements(configuration, name)) {
                property = value.getTextContent().replaceAll("^\\$\\{(.*)}$", "$1");
                defaultValue = value.getAttribute("default-value");
            }
        }
        String meaning =
                description.replaceAll("</?code>", "`").replaceAll("\\s+", " ").replace("*", "\\*");
        return new Row(property, defaultValue, meaning, new ArrayList<>());
    }

    private static Document descriptor() throws Exception {
        try (InputStream in = GuideTest.class.getResourceAsStream("/META-INF/maven/plugin.xml")) {
            if (in == null) {
                throw new IOException("the build writes the descriptor before it runs tests");
            }
            return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(in);
        }
    }

    private static List<Element> elements(Element parent, String name) {
        NodeList nodes = parent.getElementsByTagName(name);
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            elements.add((Element) nodes.item(i));
        }
        return elements;
    }

    private static String text(Element parent, String name) {
        List<Element> found = elements(parent, name);
        return found.isEmpty() ? "" : found.get(0).getTextContent();
    }
}
