package dev.schemabus.samples;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.io.ObjectInputStream;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/** Who may know whom; the picture is in CONTRIBUTING.md. This module sees all others, so the rules stand here. */
@AnalyzeClasses(packages = "dev.schemabus", importOptions = ImportOption.DoNotIncludeTests.class)
class HouseRulesTest {

    private static final String OURS = "dev.schemabus..";
    private static final String KAFKA = "org.apache.kafka..";
    private static final String[] INSIDE_ONLY = {
        "org.apache.avro",
        "com.fasterxml.jackson",
        "com.fasterxml.classmate",
        "com.github.victools",
        "jakarta.validation"
    };

    @ArchTest
    static final ArchRule schemasKnowNobody = only("dev.schemabus.schema", "dev.schemabus.schema");

    @ArchTest
    static final ArchRule registryClientsKnowSchemas =
            only("dev.schemabus.registry", "dev.schemabus.registry", "dev.schemabus.schema");

    @ArchTest
    static final ArchRule wireFormatsKnowSchemaIds =
            only("dev.schemabus.wire", "dev.schemabus.wire", "dev.schemabus.registry");

    @ArchTest
    static final ArchRule codecsKnowSchemas =
            only("dev.schemabus.codec", "dev.schemabus.codec", "dev.schemabus.schema");

    @ArchTest
    static final ArchRule serdesKnowWhatTheyAreMadeOf = only(
            "dev.schemabus.serde",
            "dev.schemabus.serde",
            "dev.schemabus.codec",
            "dev.schemabus.wire",
            "dev.schemabus.registry",
            "dev.schemabus.schema");

    @ArchTest
    static final ArchRule serversKnowTheRegistryInterface =
            only("dev.schemabus.server", "dev.schemabus.server", "dev.schemabus.registry", "dev.schemabus.schema");

    @ArchTest
    static final ArchRule theBusKnowsNeitherAdminNorServer = only(
            "dev.schemabus.bus",
            "dev.schemabus.bus",
            "dev.schemabus.serde",
            "dev.schemabus.codec",
            "dev.schemabus.wire",
            "dev.schemabus.registry",
            "dev.schemabus.schema");

    @ArchTest
    static final ArchRule adminKnowsTheRegistryAndSchemas =
            only("dev.schemabus.admin", "dev.schemabus.admin", "dev.schemabus.registry", "dev.schemabus.schema");

    @ArchTest
    static final ArchRule nobodyImportsSamples = noClasses()
            .that(resideInAPackage(OURS).and(not(resideInAPackage("dev.schemabus.samples.."))))
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.schemabus.samples..");

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("dev.schemabus.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule kafkaStaysAtTheEdges = noClasses()
            .that()
            .resideInAnyPackage(
                    "dev.schemabus.schema..",
                    "dev.schemabus.registry..",
                    "dev.schemabus.wire..",
                    "dev.schemabus.codec..",
                    "dev.schemabus.admin..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(KAFKA);

    /** Who embeds a server in memory has no Kafka on the class path. */
    @ArchTest
    static final ArchRule aServerInMemoryNeedsNoKafka = noClasses()
            .that()
            .resideInAPackage("dev.schemabus.server..")
            .and()
            .haveNameNotMatching("dev\\.schemabus\\.server\\.(Kafka|LeaderElection).*")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(KAFKA);

    @ArchTest
    static final ArchRule kafkasInternalsAreNobodysBusiness = noClasses()
            .that(resideInAPackage(OURS).and(not(resideInAPackage("dev.schemabus.testkit.."))))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.kafka.common.utils..", "org.apache.kafka..internals..");

    @ArchTest
    static final ArchRule nothingReadsJavaSerialization =
            noClasses().should().dependOnClassesThat().areAssignableTo(ObjectInputStream.class);

    @ArchTest
    static final ArchRule schemaLibrariesStayWhereSchemasAreMade = noClasses()
            .that(resideInAPackage(OURS).and(not(resideInAPackage("dev.schemabus.schema.."))))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.github.victools..", "com.fasterxml.classmate..");

    /** A second class that knows an optional library would need it where the first does without. */
    @ArchTest
    static final ArchRule onlyConstraintsKnowJakartaValidation =
            onlyIn("dev.schemabus.schema.JakartaConstraints", "jakarta.validation..");

    @ArchTest
    static final ArchRule onlyDraft3KnowsItsLibrary =
            onlyIn("dev.schemabus.schema.Draft3Renderer", "com.fasterxml.jackson.module.jsonSchema..");

    @ArchTest
    static final ArchRule onlyOneClassKnowsMicrometer =
            onlyIn("dev.schemabus.bus.MicrometerBusMetrics", "io.micrometer..");

    @ArchTest
    static final ArchRule onlyConfigurationLoadsClasses = noClasses()
            .that()
            .doNotHaveFullyQualifiedName("dev.schemabus.serde.ConfiguredClasses")
            .and()
            .doNotHaveFullyQualifiedName("dev.schemabus.admin.BootstrapProperties")
            .and()
            .doNotHaveFullyQualifiedName("dev.schemabus.bus.ConfiguredNaming")
            .should()
            .callMethod(Class.class, "forName", String.class)
            .orShould()
            .callMethod(Class.class, "forName", String.class, boolean.class, ClassLoader.class);

    @ArchTest
    static final ArchRule avroAndJacksonStayInside = classes()
            .that(resideInAPackage(OURS).and(not(resideInAnyPackage("dev.schemabus.samples.."))))
            .and(DescribedPredicate.describe("are visible to users", HouseRulesTest::isVisible))
            .should(notShowInsideTypes());

    @ArchTest
    static final ArchRule everyPackageIsNullMarked = classes()
            .that()
            .resideInAPackage(OURS)
            .should(new ArchCondition<>("be in a @NullMarked package") {
                @Override
                public void check(JavaClass type, ConditionEvents events) {
                    if (!type.getPackage().isAnnotatedWith(NullMarked.class)) {
                        events.add(SimpleConditionEvent.violated(type, type.getPackageName() + " is not @NullMarked"));
                    }
                }
            });

    /** Of our own packages, one may know only these. */
    private static ArchRule only(String knower, String... known) {
        return noClasses()
                .that()
                .resideInAPackage(knower)
                .should()
                .dependOnClassesThat(resideInAPackage(OURS).and(not(resideInAnyPackage(known))));
    }

    /** Besides this class and what is nested in it, none of ours may know the library. */
    private static ArchRule onlyIn(String knower, String library) {
        return noClasses()
                .that(resideInAPackage(OURS).and(not(belongTo(knower))))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library);
    }

    private static DescribedPredicate<JavaClass> belongTo(String outermost) {
        return DescribedPredicate.describe(
                "belong to " + outermost,
                type -> type.getName().equals(outermost) || type.getName().startsWith(outermost + "$"));
    }

    /** What is nested in an interface is public, but only as far as the interface is. */
    private static boolean isVisible(JavaClass type) {
        return type.getModifiers().contains(JavaModifier.PUBLIC)
                && type.getEnclosingClass().map(HouseRulesTest::isVisible).orElse(true);
    }

    private static ArchCondition<JavaClass> notShowInsideTypes() {
        return new ArchCondition<>("not show Avro or Jackson types in public signatures") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                type.getCodeUnits().stream()
                        .filter(unit -> unit.getModifiers().contains(JavaModifier.PUBLIC))
                        .filter(HouseRulesTest::showsInsideType)
                        .forEach(unit -> events.add(SimpleConditionEvent.violated(unit, unit.getFullName())));
            }
        };
    }

    private static boolean showsInsideType(JavaCodeUnit unit) {
        return Stream.concat(unit.getRawParameterTypes().stream(), Stream.of(unit.getRawReturnType()))
                .anyMatch(type -> Stream.of(INSIDE_ONLY).anyMatch(type.getPackageName()::startsWith));
    }
}
