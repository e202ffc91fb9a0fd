package dev.schemabus.testkit.contract;

import dev.schemabus.registry.RegistryConnection;
import org.junit.jupiter.api.Nested;

/** All that any registry promises. */
public abstract class RegistryContracts {

    /** Where the registry is. */
    protected abstract String registryUrl();

    @Nested
    class ForSerializers extends SchemaRegistryContract {

        @Override
        protected RegistryConnection open() {
            return RegistryConnection.open(registryUrl());
        }
    }

    @Nested
    class ForOperators extends RegistryAdminContract {

        @Override
        protected RegistryConnection open() {
            return RegistryConnection.open(registryUrl());
        }
    }

    @Nested
    class OverHttp extends RegistryRestContract {

        @Override
        protected String url() {
            return registryUrl();
        }
    }
}
