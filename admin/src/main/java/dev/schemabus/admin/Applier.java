package dev.schemabus.admin;

import dev.schemabus.registry.RegistryConnection;

/** Carries out plans. */
final class Applier {

    private final RegistryConnection registry;

    Applier(RegistryConnection registry) {
        this.registry = registry;
    }

    /** All of a plan, or, where a part is sure to be refused, nothing of it. */
    void apply(Plan plan) {
        if (!plan.refused().isEmpty()) {
            throw new PlanRefusedException(plan);
        }
        plan.changes().forEach(this::apply);
    }

    private void apply(Change change) {
        if (change instanceof Change.SetGlobalLevel global) {
            registry.setCompatibility(global.to());
        } else if (change instanceof Change.SetSubjectLevel level) {
            registry.setCompatibility(level.subject(), level.to());
        } else if (change instanceof Change.Register register) {
            registry.register(register.subject(), register.schema());
        }
    }
}
