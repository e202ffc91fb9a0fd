package dev.schemabus.testkit.apicurio;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.schemabus.registry.RegistryConnection;
import dev.schemabus.registry.Subject;
import dev.schemabus.schema.CompatibilityLevel;
import dev.schemabus.schema.EventSchema;
import dev.schemabus.schema.SchemaFormat;
import dev.schemabus.testkit.contract.RegistryAdminContract;
import dev.schemabus.testkit.contract.RegistryRestContract;
import dev.schemabus.testkit.contract.SchemaRegistryContract;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;

/** The registry's contracts against Apicurio Registry: all but what {@code deviations.txt} lists. */
@EnabledIfSystemProperty(
        named = ApicurioRegistryTest.DIRECTORY,
        matches = ".+",
        disabledReason = "to download Apicurio Registry and run it, add -Papicurio")
class ApicurioRegistryTest {

    static final String DIRECTORY = "schemabus.test.apicurio";

    private static @Nullable ApicurioProcess process;
    private static String url = "";

    @BeforeAll
    static void start() {
        Optional<Path> java = NewerJdk.java();
        assumeTrue(java.isPresent(), "Apicurio needs a JDK 21 or newer, and none lies beside this one");
        ApicurioProcess started = ApicurioProcess.start(java.get(), Path.of(System.getProperty(DIRECTORY)));
        process = started;
        url = started.url();
        try (RegistryConnection registry = RegistryConnection.open(url)) {
            // Its own default is NONE.
            registry.setCompatibility(CompatibilityLevel.BACKWARD);
            // It lists everything whatever the prefix, and so there is always something that wasn't asked for.
            EventSchema schema = EventSchema.of(SchemaFormat.AVRO, "\"string\"");
            registry.register(new Subject("of-others"), schema);
            registry.register(new Subject("deleted-by-others"), schema);
            registry.delete(new Subject("deleted-by-others"));
        }
    }

    @AfterAll
    static void stop() {
        if (process != null) {
            process.close();
        }
    }

    @Nested
    @ExtendWith(Deviations.class)
    class ForSerializers extends SchemaRegistryContract {

        @Override
        protected RegistryConnection open() {
            return RegistryConnection.open(url);
        }
    }

    @Nested
    @ExtendWith(Deviations.class)
    class ForOperators extends RegistryAdminContract {

        @Override
        protected RegistryConnection open() {
            return RegistryConnection.open(url);
        }
    }

    @Nested
    class OverHttp extends RegistryRestContract {

        @Override
        protected String url() {
            return url;
        }

        @Override
        protected boolean deviates(String section, String line) {
            return Deviations.has(section, line);
        }
    }
}
