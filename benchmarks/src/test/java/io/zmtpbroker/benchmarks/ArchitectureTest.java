package io.zmtpbroker.benchmarks;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Who may use whom. */
class ArchitectureTest {

    private static final String ROOT = "io.zmtpbroker.benchmarks";
    private static final String BROKER = "io.zmtpbroker.broker..";

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    @Test
    void roomsUseEachOtherInOneDirectionOnly() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("program and microbenchmarks")
                .definedBy(ROOT)
                .layer("compare")
                .definedBy(ROOT + ".compare..")
                .layer("fixture")
                .definedBy(ROOT + ".fixture..")
                .layer("load")
                .definedBy(ROOT + ".load..")
                .layer("peers")
                .definedBy(ROOT + ".peers..")
                .whereLayer("compare")
                .mayOnlyBeAccessedByLayers("program and microbenchmarks")
                .whereLayer("fixture")
                .mayOnlyBeAccessedByLayers("program and microbenchmarks")
                .whereLayer("load")
                .mayOnlyBeAccessedByLayers("program and microbenchmarks", "compare", "fixture")
                .whereLayer("peers")
                .mayOnlyBeAccessedByLayers("compare")
                .check(CLASSES);
    }

    /** Whoever is compared is reached over sockets alone, and the load favours nobody. */
    @Test
    void theComparisonDoesNotKnowTheBroker() {
        noClasses()
                .that()
                .resideInAnyPackage(ROOT + ".compare..", ROOT + ".load..", ROOT + ".peers..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(BROKER)
                .check(CLASSES);
    }

    /** They run as processes of their own, and their CPU time is their library's. */
    @Test
    void otherBrokersAreTheirLibraryAndNothingElse() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + ".peers..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.netty..", "io.zmtpbroker.zmtp..")
                .check(CLASSES);
    }
}
