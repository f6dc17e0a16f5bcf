package dev.howdah;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Instant;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.modulith.core.ApplicationModules;

class ArchitectureTest {
    private static final JavaClasses PRODUCTION = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackagesOf(HowdahApplication.class);

    @Test
    void modulesUseOnlyWhatTheyDeclare() {
        ApplicationModules.of(HowdahApplication.class).verify();
    }

    @Test
    void sqlStaysInThePostgresModule() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.howdah.postgres..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.sql..", "javax.sql..", "org.postgresql..")
                .because("identifiers are quoted and SQLSTATEs translated in one place")
                .check(PRODUCTION);
    }

    @Test
    void httpStaysAtTheEdge() {
        noClasses()
                .that()
                .resideOutsideOfPackages("dev.howdah.osb..", "dev.howdah.security..", "dev.howdah.observability..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.springframework.web..",
                        "jakarta.servlet..",
                        "org.springframework.cloud.servicebroker..",
                        "reactor..")
                .because("what a request means does not depend on how it came")
                .check(PRODUCTION);
    }

    @Test
    void theKubernetesClientStaysBehindTheCustomResources() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "dev.howdah.catalog..",
                        "dev.howdah.broker..",
                        "dev.howdah.osb..",
                        "dev.howdah.security..",
                        "dev.howdah.postgres..",
                        "dev.howdah.pki..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.fabric8..")
                .because("only resources, their writer and their reconcilers know Kubernetes")
                .check(PRODUCTION);
    }

    @Test
    void theOperatorFrameworkStaysInTheReconcilers() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.howdah.reconciler..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.javaoperatorsdk..")
                .because("effects happen in reconcilers alone")
                .check(PRODUCTION);
    }

    @Test
    void brokerKnowsNoFramework() {
        noClasses()
                .that()
                .resideInAPackage("dev.howdah.broker..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.springframework.web..", "org.springframework.context..", "io.fabric8..")
                .because("the meaning of a request is plain Java")
                .check(PRODUCTION);
    }

    @Test
    void namesSayWhatAThingIs() {
        noClasses()
                .should()
                .haveNameMatching(".*(Util|Utils|Helper|Manager|Impl|Dto)")
                .because("behaviour belongs to the thing it is about")
                .check(PRODUCTION);
    }

    @Test
    void dependenciesComeThroughConstructors() {
        fields().should()
                .notBeAnnotatedWith(Autowired.class)
                .andShould()
                .notBeAnnotatedWith(Value.class)
                .because("an object is complete once it is built, and settings are validated records")
                .check(PRODUCTION);
    }

    @Test
    void settingsAndTimeAreHandedIn() {
        noClasses()
                .should()
                .callMethod(System.class, "getenv")
                .orShould()
                .callMethod(System.class, "getenv", String.class)
                .orShould()
                .callMethod(Instant.class, "now")
                .because("tests set the clock and settings come from Spring's environment")
                .check(PRODUCTION);
    }

    @Test
    void everyPackageIsNullMarked() {
        for (JavaPackage javaPackage : PRODUCTION.getPackage("dev.howdah").getSubpackages()) {
            assertThat(javaPackage.isAnnotatedWith(NullMarked.class))
                    .as(javaPackage.getName())
                    .isTrue();
        }
    }

    @Test
    void applicationIsAloneInTheRootPackage() {
        classes()
                .that()
                .resideInAPackage("dev.howdah")
                .should()
                .be(HowdahApplication.class)
                .because("every other thing has a module it belongs to")
                .check(PRODUCTION);
    }

    @Test
    void testRunFindsOneMainMethod() {
        JavaClasses tests = new ClassFileImporter()
                .withImportOption(new ImportOption.OnlyIncludeTests())
                .importPackagesOf(HowdahApplication.class);
        methods()
                .that()
                .haveName("main")
                .should()
                .beDeclaredIn(TestHowdahApplication.class)
                .because("spring-boot:test-run, the first command of the README, starts the one it finds first")
                .check(tests);
    }
}
