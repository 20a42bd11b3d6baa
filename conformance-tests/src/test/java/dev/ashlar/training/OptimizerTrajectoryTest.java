// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ashlar.Device;
import dev.ashlar.Tensor;
import dev.ashlar.nn.Linear;
import dev.ashlar.nn.MSELoss;
import dev.ashlar.nn.Parameter;
import dev.ashlar.nn.Sequential;
import dev.ashlar.nn.Tanh;
import dev.ashlar.optim.AdamW;
import dev.ashlar.optim.Optimizer;
import dev.ashlar.optim.ParameterGroup;
import dev.ashlar.optim.SGD;
import dev.ashlar.type.DType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every optimizer takes PyTorch's path, in float64, with each of its settings. */
class OptimizerTrajectoryTest {
    // A change of the initial weights by 1e-13 of themselves moves the losses by up to 4e-13; rounding differs in every step.
    private static final double RELATIVE = 1e-10;

    static Stream<Arguments> cases() {
        JsonNode cases = Fixtures.read("optimizers").get("cases");
        return Fixtures.devicesWithFloat64().stream().flatMap(device -> StreamSupport.stream(cases.spliterator(), false)
                .map(recorded -> Arguments.of(device.name(), recorded.get("id").asText(), recorded)));
    }

    @ParameterizedTest(name = "{1} on {0}")
    @MethodSource("cases")
    void followsThePathOfPyTorch(String deviceName, String id, JsonNode recorded) {
        Device device = Device.of(deviceName);
        JsonNode file = Fixtures.read("optimizers");
        Tensor x = Fixtures.tensor(file.get("x"), DType.FLOAT64).to(device);
        Tensor y = Fixtures.tensor(file.get("y"), DType.FLOAT64).to(device);
        Sequential model = new Sequential(new Linear(3, 8), new Tanh(), new Linear(8, 8), new Tanh(), new Linear(8, 2));
        model.to(DType.FLOAT64).to(device).loadStateDict(Fixtures.tensors(file.get("initial"), DType.FLOAT64));
        Optimizer optimizer = optimizer(recorded, model);
        MSELoss lossFunction = new MSELoss();

        double[] expected = Fixtures.numbers(recorded.get("losses"));
        for (int step = 0; step < expected.length; step++) {
            optimizer.zeroGrad();
            Tensor loss = lossFunction.forward(model.forward(x), y);
            assertThat(loss.item()).as("loss before step %d", step).isCloseTo(expected[step], within(RELATIVE * expected[step]));
            loss.backward();
            optimizer.step();
        }
    }

    private static Optimizer optimizer(JsonNode recorded, Sequential model) {
        String name = recorded.get("optimizer").asText();
        if (!recorded.has("groups")) {
            return Fixtures.optimizer(name, model, recorded.get("args"));
        }
        Map<String, Parameter> parameters = model.namedParameters();
        List<ParameterGroup> groups = new ArrayList<>();
        for (JsonNode described : recorded.get("groups")) {
            List<Parameter> members = new ArrayList<>();
            described.get("parameters").forEach(member -> members.add(parameters.get(member.asText())));
            ParameterGroup group = new ParameterGroup(members);
            described.get("args").properties().forEach(argument ->
                    group.set(argument.getKey().replace("weight_decay", "weightDecay"), argument.getValue().asDouble()));
            groups.add(group);
        }
        ParameterGroup[] array = groups.toArray(ParameterGroup[]::new);
        return name.equals("SGD") ? new SGD(array) : new AdamW(array);
    }
}
