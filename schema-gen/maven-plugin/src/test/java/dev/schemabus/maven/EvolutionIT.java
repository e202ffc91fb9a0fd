package dev.schemabus.maven;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** Changes the sample's events, and looks at what {@code check} says. */
class EvolutionIT {

    private static final String PAID = "src/main/java/com/acme/shop/OrderPaid.java";

    @Test
    void aBreakingChangeFailsTheBuildUntilItIsAccepted() throws Exception {
        MavenProject project = MavenProject.copyOf(SampleIT.SAMPLE, "evolution");
        project.replace(PAID, "LocalDate bookedOn)", "LocalDate bookedOn, String cashier)");
        project.replace(
                "src/main/java/com/acme/shop/OrderPlaced.java",
                "Optional<String> coupon,",
                "Optional<String> coupon, Optional<String> note,");
        Files.writeString(
                project.file("src/main/java/com/acme/shop/CustomerMoved.java"),
                "package com.acme.shop;\n\n@dev.schemabus.schema.Event\npublic record CustomerMoved(String customer) {}\n");
        Files.move(
                project.file("src/main/schemas/com.acme.shop.OrderPlaced.schema.json"),
                project.file("src/main/schemas/com.acme.shop.OrderWithdrawn.schema.json"));

        MavenProject.Build refused = project.run("verify");

        assertThat(refused.succeeded()).isFalse();
        SampleIT.GUIDE.assertHolds("refused", "```text\n" + refused.goal("check") + "```\n");
        assertThat(refused.log())
                .contains("[ERROR] com.acme.shop.OrderPaid (avro) breaks BACKWARD")
                .contains("[ERROR]   OrderPaid.cashier")
                .containsPattern("\\[ERROR\\]     reason  .*'cashier'")
                .contains("[ERROR]     remedy  Give it a default (@Default, or Optional in Java).")
                .contains("com.acme.shop.OrderPlaced (avro) differs from the committed schema, compatibly")
                .contains(
                        "com.acme.shop.CustomerMoved (json), com.acme.shop.OrderPlaced (json) has no committed schema yet")
                .contains("com.acme.shop.OrderWithdrawn.schema.json is committed, but the build has no such event")
                .contains("To accept what the build has: mvn verify -Dschemabus.update");

        MavenProject.Build accepted = project.run("verify", "-Dschemabus.update");

        assertThat(accepted.succeeded()).as(accepted.log()).isTrue();
        for (String file : project.files("target/generated-resources/schemas")) {
            assertThat(project.text("src/main/schemas/" + file))
                    .isEqualTo(project.text("target/generated-resources/schemas/" + file));
        }
        assertThat(project.text("src/main/schemas/com.acme.shop.OrderPaid.avsc"))
                .contains("\"cashier\"");
        assertThat(accepted.goal("generate")).contains("unchanged  com.acme.shop.OrderPaid.avsc");

        Files.delete(project.file(PAID));
        project.replace("src/main/java/com/acme/shop/OrderEvent.java", "OrderPlaced, OrderPaid", "OrderPlaced");
        project.replace(
                "src/main/java/com/acme/shop/OrderPlaced.java",
                "what was ordered, at least",
                "what was bought, at least");
        Files.delete(project.file("src/main/java/com/acme/shop/CustomerMoved.java"));

        MavenProject.Build reworded = project.run("verify", "-Dschemabus.docsFormat=html");

        assertThat(reworded.succeeded()).as(reworded.log()).isTrue();
        assertThat(reworded.goal("generate")).contains("removed  ", "com.acme.shop.OrderPaid.avsc");
        assertThat(reworded.goal("check")).contains("docs changed  com.acme.shop.OrderPlaced (avro)");
        assertThat(project.text("target/schema-docs/index.html")).contains("href=\"com.acme.shop.OrderPlaced.html\"");
    }

    @Test
    void aChangeThatPassesWarnsWhereItReinterpretsData() throws Exception {
        MavenProject project = MavenProject.copyOf(SampleIT.SAMPLE, "meaning");
        project.replace(
                "src/main/java/com/acme/shop/OrderPlaced.java",
                "Instant at,",
                "@dev.schemabus.schema.Timestamp(dev.schemabus.schema.Timestamp.Unit.MICROS) Instant at,");
        project.replace(
                "src/main/java/com/acme/shop/OrderPlaced.java",
                "Optional<String> coupon,",
                "Optional<String> coupon, Optional<String> note,");

        MavenProject.Build strict = project.run("verify", "-Dschemabus.level=FULL");
        MavenProject.Build lenient =
                project.run("verify", "-Dschemabus.level=FULL", "-Dschemabus.contentPolicy=lenient");

        assertThat(strict.goal("check")).contains("breaking    com.acme.shop.OrderPlaced (json)");
        assertThat(lenient.goal("check"))
                .contains("compatible  com.acme.shop.OrderPlaced (json)")
                .doesNotContain("breaking");
        assertThat(lenient.log())
                .containsPattern("\\[WARNING\\].*OrderPlaced")
                .contains("What was written as timestamp-millis is read as timestamp-micros");
    }
}
