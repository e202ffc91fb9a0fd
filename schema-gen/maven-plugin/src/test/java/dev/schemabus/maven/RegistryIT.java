package dev.schemabus.maven;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemabus.registry.RegistryConnection;
import dev.schemabus.registry.Subject;
import dev.schemabus.schema.CompatibilityLevel;
import dev.schemabus.schema.EventSchema;
import dev.schemabus.schema.SchemaFormat;
import dev.schemabus.server.RegistryServer;
import org.junit.jupiter.api.Test;

/** Compares the sample with a registry that serves HTTP on this machine. */
class RegistryIT {

    private static final Subject PAID = new Subject("shop.order.events-com.acme.shop.OrderPaid");

    @Test
    void theBuildIsComparedWithTheSubjectsOfARegistryAtTheirLevels() throws Exception {
        MavenProject project = MavenProject.copyOf(SampleIT.SAMPLE, "registry");
        EventSchema paid =
                EventSchema.of(SchemaFormat.AVRO, project.text("src/main/schemas/com.acme.shop.OrderPaid.avsc"));
        try (RegistryServer server = RegistryServer.start(0);
                RegistryConnection registry = RegistryConnection.open(server.url())) {
            String[] arguments = {
                "verify", "-Dschemabus.formats=avro", "-Dschemabus.registry.url=" + server.url(),
            };
            registry.register(PAID, paid);

            MavenProject.Build passed = project.run(arguments);

            assertThat(passed.succeeded()).as(passed.log()).isTrue();
            assertThat(passed.goal("check"))
                    .contains(
                            "unchanged  com.acme.shop.OrderPaid (avro)", "new        com.acme.shop.OrderPlaced (avro)");

            registry.setCompatibility(PAID, CompatibilityLevel.FULL);
            project.replace(
                    "src/main/java/com/acme/shop/OrderPaid.java", "LocalDate bookedOn)", "java.time.Instant bookedOn)");

            MavenProject.Build refused = project.run(arguments);

            assertThat(refused.succeeded()).isFalse();
            assertThat(refused.log())
                    .contains("[ERROR] com.acme.shop.OrderPaid (avro) breaks FULL with " + PAID)
                    .contains("[ERROR]   OrderPaid.bookedOn, read by the old schema");
        }
    }
}
