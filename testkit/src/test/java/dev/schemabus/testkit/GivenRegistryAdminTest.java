package dev.schemabus.testkit;

import static org.junit.jupiter.api.Assumptions.abort;

import dev.schemabus.registry.RegistryConnection;
import dev.schemabus.testkit.contract.RegistryAdminContract;
import org.junit.jupiter.api.BeforeAll;

/** The same promises, kept by any Confluent-compatible registry: {@code -Dschemabus.test.registry=http://…}. */
class GivenRegistryAdminTest extends RegistryAdminContract {

    private static final String URL = "schemabus.test.registry";

    @BeforeAll
    static void aRegistryIsGiven() {
        if (System.getProperty(URL, "").isBlank()) {
            String line =
                    "Skipping the operators' contract against a registry of yours: -D" + URL + "=http://… is unset";
            System.out.println(line);
            abort(line);
        }
    }

    @Override
    protected RegistryConnection open() {
        return RegistryConnection.open(System.getProperty(URL));
    }
}
