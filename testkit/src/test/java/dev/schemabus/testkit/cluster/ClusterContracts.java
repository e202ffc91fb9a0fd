package dev.schemabus.testkit.cluster;

import dev.schemabus.testkit.contract.RegistryContracts;
import dev.schemabus.testkit.contract.SerdeOnRegistryContract;
import org.junit.jupiter.api.Nested;

/** All that a registry promises, and what is promised of records in the cluster that holds it. */
abstract class ClusterContracts extends RegistryContracts {

    abstract String bootstrapServers();

    @Nested
    class ForRecords extends SerdeOnRegistryContract {

        @Override
        protected String registryUrl() {
            return ClusterContracts.this.registryUrl();
        }

        @Override
        protected String bootstrapServers() {
            return ClusterContracts.this.bootstrapServers();
        }
    }
}
