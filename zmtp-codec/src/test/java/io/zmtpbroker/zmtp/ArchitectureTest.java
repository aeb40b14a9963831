package io.zmtpbroker.zmtp;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The directions of {@code docs/architecture.md}. */
class ArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.zmtpbroker.zmtp");

    @Test
    void dependenciesPointFromHandlersToValues() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("values")
                .definedBy("io.zmtpbroker.zmtp")
                .layer("wire")
                .definedBy("io.zmtpbroker.zmtp.wire..")
                .layer("security")
                .definedBy("io.zmtpbroker.zmtp.security..")
                .layer("handler")
                .definedBy("io.zmtpbroker.zmtp.handler..")
                .whereLayer("handler")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("security")
                .mayOnlyBeAccessedByLayers("handler")
                .whereLayer("wire")
                .mayOnlyBeAccessedByLayers("handler", "security")
                .check(CLASSES);
    }

    @Test
    void onlyHandlersSeeChannelsAndEventLoops() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.zmtpbroker.zmtp.handler..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.netty.channel..", "io.netty.bootstrap..", "io.netty.util.concurrent..")
                .check(CLASSES);
    }

    @Test
    void cryptographyStaysBehindItsSeam() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.zmtpbroker.zmtp.security.nacl..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.bouncycastle..", "javax.crypto..", "com.sun.jna..")
                .check(CLASSES);
    }

    @Test
    void nobodyLogsOrReadsAClock() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.util.logging..", "org.slf4j..", "io.netty.util.internal..")
                .check(CLASSES);
        noClasses().should().callMethod(System.class, "nanoTime").check(CLASSES);
        noClasses().should().callMethod(System.class, "currentTimeMillis").check(CLASSES);
    }
}
