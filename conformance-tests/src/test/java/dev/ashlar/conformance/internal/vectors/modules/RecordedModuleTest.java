// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.vectors.modules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.Ashlar;
import dev.ashlar.Device;
import dev.ashlar.Tensor;
import dev.ashlar.conformance.internal.vectors.Placement;
import dev.ashlar.conformance.internal.vectors.Recorded;
import dev.ashlar.conformance.internal.vectors.VectorFiles;
import dev.ashlar.conformance.internal.vectors.VectorResult;
import dev.ashlar.nn.Linear;
import dev.ashlar.nn.Module;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** The judge of modules notices what is wrong, and every recorded module has an entry. */
final class RecordedModuleTest {
    private final Map<String, List<Recorded>> recorded = new ModulePart(ModuleTable.all()).embedded();

    private static VectorResult played(Recorded test) {
        Device device = Ashlar.defaultDevice();
        return test.begin(new Recorded.Conditions(Placement.PLAIN, device.capabilities().storage(), Random::new)).judge();
    }

    private static VectorResult linear(Module module, UnaryOperator<Tensor> wrong) {
        ModuleTable table = new ModuleTable();
        table.add("Linear", _ -> module, (made, inputs) -> {
            Tensor output = ((Linear) made).forward(inputs.tensor(0, "input"));
            return wrong.apply(output);
        });
        return VectorFiles.archive("modules.zip").stream().flatMap(file -> new ModulePart(table).cases(file).stream())
                .filter(test -> test.id().equals("Linear.0")).map(RecordedModuleTest::played).findFirst().orElseThrow();
    }

    @Test
    void everyRecordedModuleIsAnswered() {
        ModuleTable table = ModuleTable.all();
        assertThat(recorded).hasSizeGreaterThan(20);
        assertThat(recorded.keySet()).allSatisfy(name -> assertThat(table.entry(name)).as(name).isNotNull());
    }

    @Test
    void whatIsRightPasses() {
        assertThat(linear(new Linear(3, 4), output -> output).passed()).isTrue();
    }

    @Test
    void whatIsWrongDoesNot() {
        assertThat(linear(new Linear(3, 4), output -> output.add(1e-6)).forward()).startsWith("output 0: expected");
        assertThat(linear(new Linear(3, 4), output -> output.detach().add(output.sub(output.detach()).mul(2.0))).backward())
                .startsWith("gradient of weight: expected");
        assertThat(linear(new Linear(3, 4), Tensor::detach).backward()).startsWith("gradient of weight: expected");
        assertThat(linear(new Linear(3, 4, false), output -> output).forward()).contains("unexpected: bias");
        Linear changed = new Linear(3, 4);
        assertThat(linear(changed, output -> {
            changed.loadStateDict(Map.of("bias", Tensor.ones(4)), false);
            return output;
        }).forward()).startsWith("bias afterwards: expected");
    }
}
