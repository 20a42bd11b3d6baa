// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import dev.ashlar.Tensor;
import dev.ashlar.autograd.Autograd;
import dev.ashlar.type.InvalidArgumentException;
import dev.ashlar.type.ShapeMismatchException;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Parameters that are computed from others whenever a module asks for them. What is trained and saved are these others, below {@code
 * parametrizations} in the module: {@code parametrizations.weight.original0}, as in {@code torch.nn.utils.parametrizations}. An optimizer
 * must be given the parameters afterwards.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/nn.html#utilities">torch.nn.utils.parametrizations</a>
 */
public final class Parametrizations {
    private static final String CHILD = "parametrizations";

    private Parametrizations() {}

    /** What computes a parameter: {@code (0)} in the list of its parametrizations. */
    private abstract static class Step extends AbstractModule {
        /** Returns what the originals are for a value. */
        abstract List<Tensor> split(Tensor value);

        abstract Tensor compute(List<Parameter> originals);
    }

    /** The originals of one parameter and what computes it. */
    private static final class ParametrizationList extends AbstractModule {
        final Step step;
        final Parameter target;
        final List<Parameter> originals;

        ParametrizationList(Parameter target, Step step) {
            this.step = step;
            this.target = target;
            try (var _ = Autograd.noGrad()) {
                List<Tensor> values = step.split(target.tensor().detach());
                boolean one = values.size() == 1;
                originals = IntStream.range(0, values.size())
                        .mapToObj(i -> registerParameter(one ? "original" : "original" + i, values.get(i).clone()))
                        .toList();
                originals.forEach(original -> original.requiresGrad(target.requiresGrad()));
            }
            register("0", step);
            target.derive(originals.getFirst(), () -> step.compute(originals));
        }
    }

    private static <M extends AbstractModule> M parametrize(M module, String name, Step step) {
        Parameter parameter = module.getParameter(name);
        if (!(module.children().get(CHILD) instanceof ModuleDict<?>)) {
            module.register(CHILD, new ModuleDict<ParametrizationList>());
        }
        lists(module).put(name, new ParametrizationList(parameter, step));
        module.unregister(name);
        // As in PyTorch, making one computes the parameter once, which is a step of the power iteration of a spectral norm.
        parameter.tensor();
        return module;
    }

    @SuppressWarnings("unchecked") // nobody else registers a child of that name
    private static ModuleDict<ParametrizationList> lists(AbstractModule module) {
        return (ModuleDict<ParametrizationList>) module.getSubmodule(CHILD);
    }

    /** Returns whether a parameter of the module is computed from others. */
    public static boolean isParametrized(AbstractModule module, String name) {
        return module.children().containsKey(CHILD) && lists(module).asMap().containsKey(name);
    }

    /**
     * Ends a parametrization: the parameter is an own one again, under its name. Returns the module.
     *
     * @param leaveParametrized whether it keeps the computed value, and not that of the original, of which there is only one then
     * @throws InvalidArgumentException if it is not parametrized, or has several originals and is to get their value
     */
    public static <M extends AbstractModule> M removeParametrizations(M module, String name, boolean leaveParametrized) {
        ParametrizationList list = isParametrized(module, name) ? lists(module).get(name) : null;
        if (list == null || !leaveParametrized && list.originals.size() != 1) {
            throw new InvalidArgumentException("[removeParametrizations] expected a parameter that is computed from "
                    + (leaveParametrized ? "others" : "one other") + ", got '" + name + "' of " + module.getClass().getSimpleName()
                    + (list == null ? "; it is an own one" : "; leave it parametrized"));
        }
        lists(module).remove(name);
        if (lists(module).size() == 0) {
            module.unregister(CHILD);
        }
        try (var _ = Autograd.noGrad()) {
            Tensor value = leaveParametrized ? list.step.compute(list.originals) : list.originals.getFirst().tensor();
            list.target.settle(value.detach().clone().requiresGrad(list.originals.getFirst().requiresGrad()));
        }
        module.registerParameter(name, list.target);
        return module;
    }

    // ---- weight norm ------------------------------------------------------------------------------------------------------------

    /** As the full one, for {@code weight} and each slice of dimension 0. */
    public static <M extends AbstractModule> M weightNorm(M module) {
        return weightNorm(module, "weight", 0);
    }

    /**
     * Trains length and direction of a parameter apart: {@code original0 * original1 / |original1|}. Returns the module.
     *
     * @param name of the parameter
     * @param dim each slice of this dimension has a length of its own; null for one length of all
     * @see <a href="https://arxiv.org/abs/1602.07868">Salimans, Kingma: Weight normalization</a>
     */
    public static <M extends AbstractModule> M weightNorm(M module, String name, @Nullable Integer dim) {
        int rank = module.getParameter(name).shape().rank();
        return parametrize(module, name, new WeightNorm(dim == null ? null : checked("weightNorm", dim, rank)));
    }

    private static int checked(String operation, int dim, int rank) {
        if (dim < -rank || dim >= rank) {
            throw new ShapeMismatchException("[" + operation + "] expected a dimension in [" + -rank + ", " + (rank - 1) + "], got " + dim
                    + "; it is one of the parameter");
        }
        return Math.floorMod(dim, rank);
    }

    private static final class WeightNorm extends Step {
        private final @Nullable Integer dim;

        WeightNorm(@Nullable Integer dim) {
            this.dim = dim;
        }

        private Tensor length(Tensor value) {
            int @Nullable [] others = dim == null ? null : IntStream.range(0, value.dim()).filter(d -> d != dim).toArray();
            // A vector's slices have one number each.
            return others != null && others.length == 0 ? value.abs() : value.vectorNorm(2, others, others != null, null);
        }

        @Override
        List<Tensor> split(Tensor value) {
            return List.of(length(value), value);
        }

        @Override
        Tensor compute(List<Parameter> originals) {
            Tensor direction = originals.get(1).tensor();
            return direction.mul(originals.get(0).tensor().div(length(direction)));
        }
    }

    // ---- spectral norm ----------------------------------------------------------------------------------------------------------

    /** As the full one, for {@code weight}, with one iteration at a time. */
    public static <M extends AbstractModule> M spectralNorm(M module) {
        return spectralNorm(module, "weight", 1, 1e-12, null);
    }

    /**
     * Divides a parameter by its largest singular value, as iterations that go on in training mode estimate it. Returns the module.
     *
     * @param name of the parameter
     * @param nPowerIterations how many are made whenever the parameter is computed in training mode, &gt;= 1
     * @param epsilon keeps vectors of length 0 from being divided by it
     * @param dim the rows of the matrix; null for 1 in transposed convolutions and 0 in all others
     * @see <a href="https://arxiv.org/abs/1802.05957">Miyato et al.: Spectral normalization for generative adversarial networks</a>
     */
    public static <M extends AbstractModule> M spectralNorm(
            M module, String name, int nPowerIterations, double epsilon, @Nullable Integer dim) {
        if (nPowerIterations < 1) {
            throw new InvalidArgumentException("[spectralNorm] expected one iteration or more, got " + nPowerIterations
                    + "; it estimates nothing without");
        }
        int rows = dim != null ? dim : module instanceof TransposedConvolution<?> ? 1 : 0;
        Tensor value = module.getParameter(name).tensor().detach();
        return parametrize(module, name, new SpectralNorm(value, nPowerIterations, epsilon, checked("spectralNorm", rows, value.dim())));
    }

    private static final class SpectralNorm extends Step {
        /** So many iterations are made at the beginning. */
        private static final int FIRST = 15;

        private final int iterations;
        private final double epsilon;
        private final int dim;
        private final @Nullable Buffer left;
        private final @Nullable Buffer right;

        SpectralNorm(Tensor value, int iterations, double epsilon, int dim) {
            this.iterations = iterations;
            this.epsilon = epsilon;
            this.dim = dim;
            if (value.dim() == 1) {
                left = null;
                right = null;
                return;
            }
            try (var _ = Autograd.noGrad()) {
                Tensor matrix = matrix(value);
                left = registerBuffer("_u", unit(Init.normal(matrix.newZeros(matrix.size(0)))));
                right = registerBuffer("_v", unit(Init.normal(matrix.newZeros(matrix.size(1)))));
                iterate(matrix, left, right, FIRST);
            }
        }

        private Tensor unit(Tensor vector) {
            return vector.normalize(2, 0, epsilon);
        }

        private Tensor matrix(Tensor value) {
            return value.movedim(dim, 0).flatten(1);
        }

        private void iterate(Tensor matrix, Buffer u, Buffer v, int count) {
            try (var _ = Autograd.noGrad()) {
                Tensor constant = matrix.detach();
                for (int i = 0; i < count; i++) {
                    u.tensor().assign(unit(constant.mv(v.tensor())));
                    v.tensor().assign(unit(constant.t().mv(u.tensor())));
                }
            }
        }

        @Override
        List<Tensor> split(Tensor value) {
            return List.of(value);
        }

        @Override
        Tensor compute(List<Parameter> originals) {
            Tensor value = originals.getFirst().tensor();
            if (left == null || right == null) {
                return unit(value);
            }
            Tensor matrix = matrix(value);
            if (isTraining()) {
                iterate(matrix, left, right, iterations);
            }
            return value.div(left.tensor().detach().dot(matrix.mv(right.tensor().detach())));
        }
    }
}
