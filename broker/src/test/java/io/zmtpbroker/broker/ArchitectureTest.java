package io.zmtpbroker.broker;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Who may use whom, as docs/architecture.md says. */
class ArchitectureTest {

    private static final String ROOT = "io.zmtpbroker.broker";

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    @Test
    void roomsUseEachOtherInOneDirectionOnly() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("command")
                .definedBy(ROOT + ".command..")
                .layer("broker")
                .definedBy(ROOT)
                .layer("net")
                .definedBy(ROOT + ".net..")
                .layer("access")
                .definedBy(ROOT + ".access..")
                .layer("dialect")
                .definedBy(ROOT + ".dialect..")
                .layer("socket")
                .definedBy(ROOT + ".socket..")
                .layer("fairness")
                .definedBy(ROOT + ".fairness..")
                .layer("dispatch")
                .definedBy(ROOT + ".dispatch..")
                .layer("observe")
                .definedBy(ROOT + ".observe..")
                .whereLayer("command")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("broker")
                .mayOnlyBeAccessedByLayers("command")
                .whereLayer("net")
                .mayOnlyBeAccessedByLayers("broker", "command")
                .whereLayer("access")
                .mayOnlyBeAccessedByLayers("net", "broker", "command")
                .whereLayer("dialect")
                .mayOnlyBeAccessedByLayers("net")
                .whereLayer("socket")
                .mayOnlyBeAccessedByLayers("dialect", "net", "observe")
                .whereLayer("fairness")
                .mayOnlyBeAccessedByLayers("net", "access")
                .whereLayer("dispatch")
                .mayOnlyBeAccessedByLayers("dialect", "net", "broker")
                .whereLayer("observe")
                .mayOnlyBeAccessedByLayers("net", "broker")
                .check(CLASSES);
    }

    @Test
    void theDispatcherKnowsNoBytesNoSocketsNoClockAndNoLog() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + ".dispatch..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.netty.buffer..",
                        "io.netty.channel..",
                        "org.slf4j..",
                        "java.net..",
                        "java.nio..",
                        "java.io..")
                .orShould()
                .dependOnClassesThat(aZmtpClass())
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .check(CLASSES);
    }

    @Test
    void accessKnowsNothingOfTheBroker() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + ".access..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        ROOT, ROOT + ".net..", ROOT + ".dialect..", ROOT + ".socket..", ROOT + ".dispatch..")
                .check(CLASSES);
    }

    @Test
    void onlyTheShellSeesChannels() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".net..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.netty.channel..")
                .check(CLASSES);
    }

    @Test
    void dialectsDoNotKnowEachOther() {
        noClasses()
                .that()
                .haveSimpleNameEndingWith("Peer")
                .and()
                .resideInAPackage(ROOT + ".dialect..")
                .should()
                .dependOnClassesThat(anotherDialect())
                .check(CLASSES);
    }

    private static DescribedPredicate<JavaClass> aZmtpClass() {
        return DescribedPredicate.describe(
                "of the codec", type -> type.getPackageName().startsWith("io.zmtpbroker.zmtp"));
    }

    /** A class of dialects by itself may name its own class; ArchUnit leaves a class's uses of itself out. */
    private static DescribedPredicate<JavaClass> anotherDialect() {
        return DescribedPredicate.describe(
                "another dialect",
                type -> type.getPackageName().equals(ROOT + ".dialect")
                        && type.getSimpleName().endsWith("Peer")
                        && !type.getSimpleName().equals("Peer"));
    }
}
