package dev.schemabus.samples.readme;

import dev.schemabus.admin.BootstrapReport;
import dev.schemabus.admin.RegistryBootstrap;
import dev.schemabus.registry.RegistryConnection;
import dev.schemabus.samples.readme.FirstEvents.OrderEvent;
import dev.schemabus.schema.CompatibilityLevel;
import java.util.Map;

/** README's sample of the registry bootstrap, in code and from properties. */
public final class Startup {

    private Startup() {}

    static BootstrapReport fromCode(String registryUrl) {
        // [readme]
        try (RegistryConnection registry = RegistryConnection.open(registryUrl)) {
            return RegistryBootstrap.builder()
                    .globalCompatibility(CompatibilityLevel.BACKWARD_TRANSITIVE)
                    .topic("shop.order.events", OrderEvent.class)
                    .build()
                    .run(registry);
        }
        // [readme]
    }

    static BootstrapReport fromProperties(String registryUrl, Map<String, String> properties) {
        try (RegistryConnection registry = RegistryConnection.open(registryUrl)) {
            return RegistryBootstrap.from(properties).run(registry);
        }
    }
}
