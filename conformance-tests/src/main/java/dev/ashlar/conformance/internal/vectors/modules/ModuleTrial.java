// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.vectors.modules;

import dev.ashlar.Tensor;
import dev.ashlar.autograd.Autograd;
import dev.ashlar.conformance.internal.vectors.Agreement;
import dev.ashlar.conformance.internal.vectors.Arguments;
import dev.ashlar.conformance.internal.vectors.Data;
import dev.ashlar.nn.Module;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One recorded module made, loaded and called here; nothing has been read. */
final class ModuleTrial {
    private final RecordedModule test;
    private final Module module;
    private final Map<String, Tensor> inputs = new HashMap<>();
    private final List<Tensor> outputs;

    private ModuleTrial(RecordedModule test, ModuleEntry<?> entry, Function<Data, Tensor> place) {
        this.test = test;
        ModuleEntry.Made<?> made = entry.made(new Arguments(test.json().get("args"), test.json().get("kwargs"),
                name -> test.recording().data(name).upload()));
        module = made.module();
        module.to(test.type());
        Map<String, Tensor> state = new LinkedHashMap<>();
        test.data("state").forEach((key, data) -> state.put(key, data.upload()));
        module.loadStateDict(state);
        module.train(test.training());
        Map<String, Data> differentiated = test.data("gradients", "inputs");
        outputs = made.results(new Arguments(test.json().get("inputs"), test.json().get("forward_kwargs"),
                name -> inputs.computeIfAbsent(name, key -> {
                    Tensor tensor = place.apply(test.recording().data(key)).detach();
                    return differentiated.containsKey(key) ? tensor.requiresGrad(true) : tensor;
                })));
    }

    /** @param place makes a tensor of an input, in the memory layout that is to be tried */
    static ModuleTrial of(RecordedModule test, ModuleEntry<?> entry, Function<Data, Tensor> place) {
        ModuleTrial trial = new ModuleTrial(test, entry, place);
        trial.backward();
        return trial;
    }

    private void backward() {
        List<Tensor> roots = new ArrayList<>();
        List<Tensor> cotangents = new ArrayList<>();
        for (int i = 0; i < Math.min(outputs.size(), test.outputs().size()); i++) {
            Data cotangent = test.cotangent(i);
            if (cotangent != null && outputs.get(i).requiresGrad()) {
                roots.add(outputs.get(i));
                cotangents.add(cotangent.upload());
            }
        }
        if (!roots.isEmpty()) {
            Autograd.backward(roots, cotangents);
        }
    }

    /** Returns what is wrong with the outputs and the state, or null. */
    @Nullable String judgeForward() {
        Map<String, Data> before = test.data("state");
        LinkedHashMap<String, Tensor> state = module.stateDict();
        if (!List.copyOf(state.keySet()).equals(List.copyOf(before.keySet()))) {
            return "expected a state in the order " + before.keySet() + ", got " + state.keySet();
        }
        List<Data> expected = test.outputs();
        if (outputs.size() != expected.size()) {
            return "expected " + expected.size() + " outputs, got " + outputs.size();
        }
        for (int i = 0; i < expected.size(); i++) {
            String difference = Agreement.difference(Data.of(outputs.get(i)), expected.get(i), 1);
            if (difference != null) {
                return "output " + i + ": " + difference;
            }
        }
        Map<String, Data> after = new LinkedHashMap<>(before);
        after.putAll(test.data("state_after"));
        for (Map.Entry<String, Data> entry : after.entrySet()) {
            String difference = Agreement.difference(Data.of(Objects.requireNonNull(state.get(entry.getKey()))), entry.getValue(), 1);
            if (difference != null) {
                return entry.getKey() + " afterwards: " + difference;
            }
        }
        return null;
    }

    /** Returns what is wrong with the gradients, or null. */
    @Nullable String judgeBackward() {
        if (!test.hasGradients()) {
            return null;
        }
        Map<String, @Nullable Tensor> found = new LinkedHashMap<>();
        module.namedParameters().forEach((key, parameter) -> found.put(key, parameter.gradOrNull()));
        String wrong = judge(found, test.data("gradients", "parameters"));
        if (wrong != null) {
            return wrong;
        }
        Map<String, @Nullable Tensor> ofInputs = new LinkedHashMap<>();
        inputs.forEach((name, input) -> ofInputs.put(name, input.gradOrNull()));
        return judge(ofInputs, test.data("gradients", "inputs"));
    }

    private static @Nullable String judge(Map<String, @Nullable Tensor> found, Map<String, Data> expected) {
        for (String name : expected.keySet()) {
            if (!found.containsKey(name)) {
                return "gradient of " + name + ": expected one, but there is no such parameter or the call does not read it";
            }
        }
        for (Map.Entry<String, @Nullable Tensor> entry : found.entrySet()) {
            Data wanted = expected.get(entry.getKey());
            Data own = entry.getValue() == null ? null : Data.of(entry.getValue());
            String difference = own != null && wanted != null ? Agreement.difference(own, wanted, 1)
                    : zero(own) && zero(wanted) ? null : "expected " + wanted + ", got " + own;
            if (difference != null) {
                return "gradient of " + entry.getKey() + ": " + difference;
            }
        }
        return null;
    }

    /** Where nothing flows, the gradient may be absent or zero. */
    private static boolean zero(@Nullable Data data) {
        return data == null || java.util.Arrays.stream(data.numbers()).allMatch(value -> value == 0);
    }
}
