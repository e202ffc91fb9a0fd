package dev.schemabus.maven;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemabus.schema.EventSchema;
import dev.schemabus.schema.SchemaFormat;
import dev.schemabus.schema.SchemaGenerator;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Builds {@code samples/build-time} as its users do, once, and looks at everything that comes of it. */
class SampleIT {

    static final Path SAMPLE =
            Path.of("..", "..", "samples", "build-time").toAbsolutePath().normalize();
    static final GoldenFile GUIDE = new GoldenFile(Path.of("..", "..", "docs", "build-time.md"));

    private static final String SCHEMAS = "target/generated-resources/schemas/";

    @SuppressWarnings("NullAway.Init") // set before all tests
    private static MavenProject sample;

    @SuppressWarnings("NullAway.Init") // set before all tests
    private static MavenProject.Build build;

    @BeforeAll
    static void buildTheSample() throws Exception {
        sample = MavenProject.copyOf(SAMPLE, "sample");
        build = sample.run("verify");
    }

    @Test
    void generateWritesTheSchemasOfAllEvents() throws IOException {
        assertThat(build.succeeded()).as(build.log()).isTrue();
        assertThat(sample.files(SCHEMAS))
                .containsExactly(
                        "com.acme.shop.OrderPaid.avsc",
                        "com.acme.shop.OrderPaid.schema.json",
                        "com.acme.shop.OrderPlaced.avsc",
                        "com.acme.shop.OrderPlaced.schema.json");
        GUIDE.assertHolds("generate", "```text\n" + build.goal("generate") + "```\n");
    }

    @Test
    void checkFindsTheCommittedSchemasUnchanged() throws IOException {
        for (String file : sample.files(SCHEMAS)) {
            assertThat(sample.text(SCHEMAS + file)).isEqualTo(sample.text("src/main/schemas/" + file));
        }
        GUIDE.assertHolds("check", "```text\n" + build.goal("check") + "```\n");
    }

    @Test
    void docsWritesAPageForEachEvent() throws IOException {
        assertThat(sample.files("target/schema-docs"))
                .containsExactly("com.acme.shop.OrderPaid.md", "com.acme.shop.OrderPlaced.md", "index.md");
        for (String page : sample.files("target/schema-docs")) {
            GoldenFile.named("sample/" + page).assertHolds(sample.text("target/schema-docs/" + page));
        }
    }

    @Test
    void javadocIsInTheSchemaAtRunTimeToo() throws Exception {
        URL classes = sample.file("target/classes").toUri().toURL();
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {classes}, getClass().getClassLoader())) {
            Class<?> placed = loader.loadClass("com.acme.shop.OrderPlaced");
            for (SchemaFormat format : SchemaFormat.values()) {
                EventSchema atRunTime = SchemaGenerator.standard().generate(placed, format);
                SchemaFile file = new SchemaFile("com.acme.shop.OrderPlaced", format);
                String atBuildTime = sample.text(SCHEMAS + file.fileName());

                assertThat(atRunTime).isEqualTo(EventSchema.of(format, atBuildTime));
                assertThat(atRunTime.text())
                        .contains(
                                "A customer ordered something.",
                                "the code of a coupon & its campaign, such as SPRING-26",
                                "One article of an order.",
                                "The sum over all lines, in euros");
            }
        }
    }

    @Test
    void javadocResourcesHaveNoDateAndAreSorted() throws IOException {
        String resource = sample.text("target/classes/META-INF/schemabus/docs/com.acme.shop.OrderPaid.properties");

        assertThat(resource).isEqualTo("""
                amount=what was paid, in euros
                bookedOn=the day of the bank's booking
                class=An order was paid in full.
                orderId=the order's number, as printed on the invoice
                """);
    }

    @Test
    void anEventThatCantBeLoadedSaysWhatIsMissing() throws Exception {
        MavenProject broken = sample.builtCopy("missing-class");
        Files.delete(broken.file("target/classes/com/acme/shop/OrderPlaced$Line.class"));

        MavenProject.Build failed = broken.run("schemabus:generate");

        assertThat(failed.succeeded()).isFalse();
        assertThat(failed.log())
                .contains(
                        "com.acme.shop.OrderEvent can't be read: it needs com.acme.shop.OrderPlaced$Line, which is not on"
                                + " the class path of the build. Add the dependency that has it");
    }
}
