// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.vectors;

import dev.ashlar.Tensor;
import dev.ashlar.autograd.Autograd;
import dev.ashlar.type.DType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** One recorded call made here: recorded first and judged later, so that the kernels of many calls are built together. */
final class Trial {
    private final VectorCase test;
    private final Entry entry;
    private final Arguments arguments;
    private final Map<String, Tensor> inputs = new LinkedHashMap<>();
    private List<Tensor> outputs = List.of();
    private final Map<String, @Nullable Tensor> gradients = new LinkedHashMap<>();

    /** @param place makes a tensor of a file's data, in the memory layout that is to be tried */
    Trial(VectorCase test, Entry entry, Function<Data, Tensor> place) {
        this(test, entry, place, (_, data) -> data);
    }

    /** @param edit replaces the data of an input, given its name */
    Trial(VectorCase test, Entry entry, Function<Data, Tensor> place, BiFunction<String, Data, Data> edit) {
        this.test = test;
        this.entry = entry;
        Map<String, Data> gradients = test.gradients();
        arguments = new Arguments(test.positional(), test.named(), name -> inputs.computeIfAbsent(name, key -> {
            Tensor tensor = place.apply(edit.apply(key, test.data(key)));
            // What the call changes must own its value.
            tensor = test.mutated().containsKey(key) ? tensor.clone().detach() : tensor.detach();
            return gradients.containsKey(key) ? tensor.requiresGrad(true) : tensor;
        }));
    }

    VectorCase test() {
        return test;
    }

    Arguments arguments() {
        return arguments;
    }

    /** Makes the call. */
    void forward() {
        outputs = entry.results(arguments);
    }

    /** Sends the recorded gradients back. */
    void backward() {
        gradients.putAll(gradients(false));
    }

    private Map<String, @Nullable Tensor> gradients(boolean createGraph) {
        List<Tensor> roots = new ArrayList<>();
        List<Tensor> cotangents = new ArrayList<>();
        for (int i = 0; i < outputs.size() && i < test.outputs().size(); i++) {
            Data cotangent = test.cotangent(i);
            if (cotangent != null && outputs.get(i).requiresGrad()) {
                roots.add(outputs.get(i));
                cotangents.add(cotangent.upload());
            }
        }
        List<String> names = new ArrayList<>(test.gradients().keySet());
        List<@Nullable Tensor> results = roots.isEmpty()
                ? java.util.Collections.nCopies(names.size(), null)
                : Autograd.grad(roots, leaves(), cotangents, createGraph, createGraph, true);
        Map<String, @Nullable Tensor> map = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            map.put(names.get(i), results.get(i));
        }
        return map;
    }

    /** Returns the inputs that have a recorded gradient, in its order. */
    List<Tensor> leaves() {
        return test.gradients().keySet().stream().map(name -> {
            Tensor leaf = inputs.get(name);
            if (leaf == null) {
                throw new IllegalArgumentException("[vectors] expected the call to read '" + name + "', it does not; is the entry right?");
            }
            return leaf;
        }).toList();
    }

    /** Returns the sum of all gradients times a direction, or null if there are none. */
    @Nullable Tensor gradientAlong(Map<String, double[]> directions, boolean createGraph) {
        Tensor sum = null;
        for (Map.Entry<String, @Nullable Tensor> entry : gradients(createGraph).entrySet()) {
            Tensor gradient = entry.getValue();
            if (gradient != null) {
                double[] direction = directions.getOrDefault(entry.getKey(), new double[0]);
                Tensor term = gradient.mul(Tensor.of(direction).reshape(gradient.shape().toArray())).sum();
                sum = sum == null ? term : sum.add(term);
            }
        }
        return sum;
    }

    /** Returns what is wrong with the results, or null. */
    @Nullable String judgeForward() {
        List<Data> expected = test.outputs();
        if (outputs.size() != expected.size()) {
            return "expected " + expected.size() + " results, got " + outputs.size();
        }
        double widening = entry.widening(arguments);
        for (int i = 0; i < expected.size(); i++) {
            String difference = test.unspecified().contains(i)
                    ? pointsElsewhere(outputs.get(i), expected.get(i))
                    : Agreement.difference(Data.of(outputs.get(i)), expected.get(i), widening);
            if (difference != null) {
                return "result " + i + ": " + difference;
            }
        }
        for (Map.Entry<String, Data> mutated : test.mutated().entrySet()) {
            Tensor tensor = inputs.get(mutated.getKey());
            String difference = tensor == null ? "it was not read"
                    : Agreement.difference(Data.of(tensor), mutated.getValue(), widening);
            if (difference != null) {
                return "input " + mutated.getKey() + " afterwards: " + difference;
            }
        }
        return null;
    }

    /** Computes everything. */
    void read() {
        outputs.forEach(Data::of);
        gradients.values().forEach(gradient -> {
            if (gradient != null) {
                Data.of(gradient);
            }
        });
    }

    /** Returns what is different from another trial of the same call, or null. */
    @Nullable String differsFrom(Trial other) {
        if (outputs.size() != other.outputs.size()) {
            return "expected " + other.outputs.size() + " results, got " + outputs.size();
        }
        for (int i = 0; i < outputs.size(); i++) {
            String difference = Agreement.difference(Data.of(outputs.get(i)), Data.of(other.outputs.get(i)), 1);
            if (difference != null) {
                return "result " + i + ": " + difference;
            }
        }
        for (String name : gradients.keySet()) {
            Tensor own = gradients.get(name);
            Tensor wanted = other.gradients.get(name);
            String difference = own == null || wanted == null
                    ? (own == wanted ? null : "expected " + wanted + ", got " + own)
                    : Agreement.difference(Data.of(own), Data.of(wanted), 1);
            if (difference != null) {
                return "gradient of " + name + ": " + difference;
            }
        }
        return null;
    }

    /** Returns the bits of all results and gradients. */
    List<Data> everything() {
        List<Data> all = new ArrayList<>();
        outputs.forEach(output -> all.add(Data.of(output)));
        gradients.values().forEach(gradient -> {
            if (gradient != null) {
                all.add(Data.of(gradient));
            }
        });
        return all;
    }

    /** Of equal values any may be pointed at: compares what the indices point at. */
    private @Nullable String pointsElsewhere(Tensor actual, Data expected) {
        String shape = actual.dtype() != expected.type() || !java.util.Arrays.equals(actual.shape().toArray(), expected.sizes())
                ? "expected " + expected + ", got " + Data.of(actual) : null;
        if (shape != null || expected.count() == 0) {
            return shape;
        }
        Tensor source = arguments.tensor(0, "input").detach();
        source = source.dtype() == DType.BOOL ? source.to(DType.INT32) : source;
        int dim = Math.floorMod(entry.pointing(arguments), Math.max(1, source.dim()));
        UnaryOperator<Tensor> raise = index -> index;
        if (source.dim() == 0) {
            source = source.reshape(1);
            raise = index -> index.reshape(1);
        } else if (actual.dim() < source.dim()) {
            raise = index -> index.unsqueeze(dim);
        }
        Data found = Data.of(source.gather(dim, raise.apply(actual)));
        Data wanted = Data.of(source.gather(dim, raise.apply(expected.upload())));
        return Agreement.difference(found, wanted, 1e-9);
    }

    /** Returns what is wrong with the gradients, or null. */
    @Nullable String judgeBackward() {
        double widening = entry.widening(arguments);
        for (Map.Entry<String, Data> expected : test.gradients().entrySet()) {
            Tensor gradient = gradients.get(expected.getKey());
            String difference;
            if (gradient == null) {
                difference = zero(expected.getValue()) ? null : "expected " + expected.getValue() + ", got none";
            } else {
                difference = Agreement.difference(Data.of(gradient), expected.getValue(), widening);
            }
            if (difference != null) {
                return "gradient of " + expected.getKey() + ": " + difference;
            }
        }
        return null;
    }

    private static boolean zero(Data data) {
        return java.util.Arrays.stream(data.numbers()).allMatch(value -> value == 0);
    }
}
