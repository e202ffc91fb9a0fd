package dev.schemabus.admin;

import java.util.stream.Collectors;

/** A plan holds a schema that its subject's level forbids. Nothing was changed. The message names component and remedy. */
public final class PlanRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    PlanRefusedException(Plan plan) {
        super(plan.refused().stream()
                .map(register -> register.subject() + " refuses the new schema:"
                        + register.obstacles().stream()
                                .map(obstacle -> System.lineSeparator() + "  - " + obstacle)
                                .collect(Collectors.joining()))
                .collect(Collectors.joining(System.lineSeparator())));
    }
}
