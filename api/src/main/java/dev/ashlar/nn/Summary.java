// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import dev.ashlar.Ashlar;
import dev.ashlar.Generator;
import dev.ashlar.RemovableHandle;
import dev.ashlar.Tensor;
import dev.ashlar.autograd.Autograd;
import dev.ashlar.type.DType;
import dev.ashlar.type.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A table of a model's modules with output shapes, numbers of parameters, multiplications and memory, laid out as the Python package
 * torchsummary prints it:
 *
 * <pre>{@code
 * System.out.println(Summary.of(model, 1, 28, 28)); // the shape of one sample
 * System.out.println(Summary.of(transformer, model -> model.forward(source, target)));
 * }</pre>
 *
 * <p>The model runs once in evaluation mode, without gradients; what it computes is given up unread. Weights, modes, gradients, running
 * statistics and the random generator are the same afterwards.
 *
 * @param rows the modules in the order of the tree, each under every path
 * @param parameters numbers in all parameters
 * @param trainable those of them that gradients flow to
 * @param multiplyAdds multiplications with weights for one sample, or -1 if the model did not run: a convolution's weight counts once for
 *     each place of its output, any other once per call
 * @param inputBytes memory of the inputs that the model's hooks saw, or of one sample
 * @param passBytes memory of the outputs of the modules with parameters, twice, for values and gradients
 * @param parameterBytes memory of the parameters
 */
public record Summary(
        List<Row> rows, long parameters, long trainable, long multiplyAdds, long inputBytes, long passBytes, long parameterBytes) {
    private static final int BATCH = 2;
    private static final int DEPTH = 3;

    /**
     * One module.
     *
     * @param path in the model
     * @param type its class
     * @param depth below the model
     * @param index among those of the same depth, from 1 on
     * @param leaf whether it has no children
     * @param output shape of its first output, -1 for the batch; empty if it was not seen
     * @param own numbers in its own parameters
     * @param all numbers in its parameters and those below it
     * @param trainable whether gradients flow to all of these
     * @param again whether it was listed under another path before
     */
    public record Row(
            String path, String type, int depth, int index, boolean leaf, List<Long> output, long own, long all, boolean trainable,
            boolean again) {}

    public Summary {
        rows = List.copyOf(rows);
    }

    /** Returns the table of a model that does not run: modules and parameters only. */
    public static Summary of(Module model) {
        return summarised(model, null, -1, 0);
    }

    /**
     * Runs a model on zeros of the model's type.
     *
     * @param sample the shape of one sample: the input has a batch dimension before it
     */
    public static Summary of(Layer model, long... sample) {
        return of(model, model.parameters().stream().map(Slot::dtype).findFirst().orElse(DType.FLOAT32), sample);
    }

    /**
     * Runs a model on zeros.
     *
     * @param type of the input: {@code INT64} for an embedding
     * @param sample the shape of one sample: the input has a batch dimension before it
     */
    public static Summary of(Layer model, DType type, long... sample) {
        long[] sizes = new long[sample.length + 1];
        System.arraycopy(sample, 0, sizes, 1, sample.length);
        sizes[0] = BATCH;
        Tensor input = Tensor.zeros(Shape.of(sizes), type);
        Tensor placed = model.parameters().stream().findFirst().map(parameter -> input.to(parameter.device())).orElse(input);
        return summarised(model, () -> model.forward(placed), BATCH, Shape.of(sample).elements() * type.bytes());
    }

    /** Runs a model on an example; shapes are printed with its batch size. */
    public static Summary of(Layer model, Tensor example) {
        return summarised(model, () -> model.forward(example), -1, bytes(example));
    }

    /**
     * Runs a model of any inputs; shapes are printed as they come out.
     *
     * @param call runs it once
     */
    public static <M extends Module> Summary of(M model, Consumer<? super M> call) {
        return summarised(model, () -> call.accept(model), -1, -1);
    }

    private static long bytes(Tensor tensor) {
        return tensor.shape().elements() * tensor.dtype().bytes();
    }

    // ---- running ----------------------------------------------------------------------------------------------------------------

    /** What the hooks saw of the modules. */
    private static final class Watch implements Hooks.Forward {
        final Map<Module, long[]> shapes = new IdentityHashMap<>();
        final Module root;
        long inputBytes;
        long multiplyAdds;
        long passBytes;

        Watch(Module root) {
            this.root = root;
        }

        @Override
        public @Nullable Tensor after(Module module, List<Tensor> inputs, Tensor output) {
            afterAll(module, inputs, List.of(output));
            return null;
        }

        @Override
        public @Nullable List<Tensor> afterAll(Module module, List<Tensor> inputs, List<Tensor> outputs) {
            Tensor output = outputs.getFirst();
            shapes.putIfAbsent(module, output.shape().toArray());
            if (module == root) {
                inputBytes = inputs.stream().mapToLong(Summary::bytes).sum();
            }
            module.ownParameters().forEach((name, parameter) -> {
                if (name.contains("weight")) {
                    multiplyAdds += parameter.shape().elements() * (module.getClass().getSimpleName().contains("Conv") ? places(output)
                            : 1);
                }
            });
            if (module.children().isEmpty() && !module.ownParameters().isEmpty()) {
                passBytes += 2 * bytes(output);
            }
            return null;
        }

        private static long places(Tensor output) {
            long product = 1;
            for (int i = 2; i < output.dim(); i++) {
                product *= output.size(i);
            }
            return product;
        }
    }

    private static Summary summarised(Module model, @Nullable Runnable call, long batch, long inputBytes) {
        Watch watch = new Watch(model);
        if (call != null) {
            run(model, call, watch);
        }
        long samples = batch > 0 ? batch : 1;
        Table table = new Table(watch.shapes, batch);
        table.add("", model, 0);
        List<Parameter> parameters = model.parameters();
        return new Summary(
                table.rows, elements(parameters), parameters.stream().filter(Parameter::requiresGrad).mapToLong(Summary::elements).sum(),
                call == null ? -1 : watch.multiplyAdds, inputBytes >= 0 ? inputBytes : watch.inputBytes, watch.passBytes / samples,
                parameters.stream().mapToLong(parameter -> elements(parameter) * parameter.dtype().bytes()).sum());
    }

    private static long elements(Parameter parameter) {
        return parameter.shape().elements();
    }

    private static long elements(Iterable<Parameter> parameters) {
        long sum = 0;
        for (Parameter parameter : parameters) {
            sum += elements(parameter);
        }
        return sum;
    }

    private static void run(Module model, Runnable call, Watch watch) {
        Map<Module, Boolean> modes = new LinkedHashMap<>();
        List<RemovableHandle> handles = new ArrayList<>();
        Generator generator = Ashlar.generator();
        byte[] random = generator.getState();
        for (Module module : model.namedModules().values()) {
            modes.put(module, module.isTraining());
            if (module instanceof AbstractModule) {
                handles.add(module.registerForwardHook(watch));
            }
        }
        try (var _ = Autograd.noGrad()) {
            model.eval();
            Ashlar.dryRun(call);
        } finally {
            handles.forEach(RemovableHandle::remove);
            modes.forEach(Module::setTraining);
            generator.setState(random);
        }
    }

    // ---- the table --------------------------------------------------------------------------------------------------------------

    /** Makes the rows. */
    private static final class Table {
        private final Map<Module, long[]> shapes;
        private final long batch;
        private final Set<Module> listed = Collections.newSetFromMap(new IdentityHashMap<>());
        private final List<Integer> counts = new ArrayList<>();
        final List<Row> rows = new ArrayList<>();

        Table(Map<Module, long[]> shapes, long batch) {
            this.shapes = shapes;
            this.batch = batch;
        }

        void add(String path, Module module, int depth) {
            if (counts.size() == depth) {
                counts.add(0);
            }
            counts.set(depth, counts.get(depth) + 1);
            List<Parameter> all = module.parameters();
            rows.add(new Row(path, ModuleTree.name(module), depth, counts.get(depth), module.children().isEmpty(), output(module),
                    elements(module.ownParameters().values()), elements(all), all.stream().allMatch(Parameter::requiresGrad),
                    !listed.add(module)));
            module.children().forEach((name, child) -> add(path.isEmpty() ? name : path + "." + name, child, depth + 1));
        }

        private List<Long> output(Module module) {
            List<Long> sizes = new ArrayList<>();
            for (long size : shapes.getOrDefault(module, new long[0])) {
                sizes.add(sizes.isEmpty() && size == batch ? -1 : size);
            }
            return List.copyOf(sizes);
        }
    }

    /** Returns the table of modules down to three levels below the model. */
    @Override
    public String toString() {
        return toString(DEPTH);
    }

    /** Returns the table of modules down to so many levels below the model. */
    public String toString(int depth) {
        return new SummaryTable(this, depth).print();
    }
}
