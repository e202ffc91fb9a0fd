package dev.schemabus.maven;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Whom the plugin may know. The rules for all other modules are in {@code samples}, which doesn't see this one. */
@AnalyzeClasses(packages = "dev.schemabus", importOptions = ImportOption.DoNotIncludeTests.class)
class HouseRulesTest {

    @ArchTest
    static final ArchRule thePluginKnowsSchemasCodecsAndTheRegistry = noClasses()
            .that()
            .resideInAPackage("dev.schemabus.maven..")
            .should()
            .dependOnClassesThat(resideInAPackage("dev.schemabus..")
                    .and(not(resideInAnyPackage(
                            "dev.schemabus.maven..",
                            "dev.schemabus.schema",
                            "dev.schemabus.codec",
                            "dev.schemabus.wire",
                            "dev.schemabus.registry"))));

    @ArchTest
    static final ArchRule nobodyKnowsThePlugin = noClasses()
            .that(resideInAPackage("dev.schemabus..").and(not(resideInAPackage("dev.schemabus.maven.."))))
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.schemabus.maven..");

    @ArchTest
    static final ArchRule itsPackagesHaveNoCycles =
            slices().matching("dev.schemabus.(**)").should().beFreeOfCycles();
}
