// SPDX-License-Identifier: Apache-2.0
package dev.ashlar;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import org.junit.jupiter.api.Test;

/** The arrows of the architecture page: they point down only, and there are no circles. */
class LayeringTest {
    private static final JavaClasses CLASSES =
            new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("dev.ashlar");

    @Test
    void arrowsPointDown() {
        layeredArchitecture()
                .consideringOnlyDependenciesInAnyPackage("dev.ashlar..")
                .layer("io")
                .definedBy("dev.ashlar.io..")
                .layer("nn")
                .definedBy("dev.ashlar.nn..")
                .layer("amp")
                .definedBy("dev.ashlar.amp..")
                .layer("optim")
                .definedBy("dev.ashlar.optim..")
                .layer("data")
                .definedBy("dev.ashlar.data..")
                .layer("tensor")
                .definedBy("dev.ashlar", "dev.ashlar.autograd..", "dev.ashlar.internal.tensor..")
                .layer("graph")
                .definedBy("dev.ashlar.internal.graph..")
                .layer("schedule")
                .definedBy("dev.ashlar.internal.schedule..")
                .layer("spi")
                .definedBy("dev.ashlar.spi..")
                .layer("linalg")
                .definedBy("dev.ashlar.internal.linalg..")
                .layer("random")
                .definedBy("dev.ashlar.internal.random..")
                .layer("type")
                .definedBy("dev.ashlar.type..")
                .whereLayer("io")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("amp")
                .mayOnlyBeAccessedByLayers("io")
                .whereLayer("optim")
                .mayOnlyBeAccessedByLayers("io", "amp")
                .whereLayer("nn")
                .mayOnlyBeAccessedByLayers("io", "optim", "amp")
                .whereLayer("data")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("tensor")
                .mayOnlyBeAccessedByLayers("io", "nn", "optim", "amp", "data")
                .whereLayer("graph")
                .mayOnlyBeAccessedByLayers("tensor")
                .whereLayer("schedule")
                .mayOnlyBeAccessedByLayers("tensor", "graph")
                .whereLayer("spi")
                .mayOnlyBeAccessedByLayers("tensor", "graph", "schedule")
                .whereLayer("linalg")
                .mayOnlyBeAccessedByLayers("tensor")
                .whereLayer("random")
                .mayOnlyBeAccessedByLayers("tensor")
                .check(CLASSES);
    }

    @Test
    void modulesKnowNothingBehindTheTensor() {
        noClasses()
                .that()
                .resideInAnyPackage("dev.ashlar.nn..", "dev.ashlar.optim..", "dev.ashlar.data..", "dev.ashlar.io..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.ashlar.internal..")
                .check(CLASSES);
    }

    @Test
    void factorisationsKnowNothingOfTensors() {
        noClasses()
                .that()
                .resideInAPackage("dev.ashlar.internal.linalg..")
                .should()
                .dependOnClassesThat()
                .resideOutsideOfPackages("dev.ashlar.internal.linalg..", "java..", "org.jspecify..")
                .check(CLASSES);
    }

    @Test
    void thereAreNoCircles() {
        SlicesRuleDefinition.slices()
                .matching("dev.ashlar.(internal.graph|internal.linalg|internal.random|internal.schedule|spi|type|nn|optim|data|io)..")
                .should()
                .beFreeOfCycles()
                .check(CLASSES);
    }

    @Test
    void theApiNeedsNothingButTheJdk() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideOutsideOfPackages("dev.ashlar..", "java..", "org.jspecify..")
                .check(CLASSES);
    }
}
