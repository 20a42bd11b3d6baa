// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.vectors.tables;

import dev.ashlar.Tensor;
import dev.ashlar.conformance.internal.vectors.Arguments;
import dev.ashlar.conformance.internal.vectors.Entry;
import dev.ashlar.conformance.internal.vectors.Table;
import dev.ashlar.type.DType;
import dev.ashlar.type.DTypeMismatchException;
import dev.ashlar.type.InvalidArgumentException;
import dev.ashlar.type.ShapeMismatchException;
import dev.ashlar.type.TensorClosedException;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The calls of the group activations. */
public final class Activations {
    private Activations() {}

    /** A function of a tensor and a dimension, with or without a type that the tensor is cast to before. */
    private interface Distribution {
        Tensor of(Tensor x, int dim, @Nullable DType type);
    }

    private static Tensor closed() {
        Tensor x = Tensor.ones(2);
        x.close();
        return x;
    }

    private static Entry unary(Table table, String operation, String method, UnaryOperator<Tensor> call) {
        return table.add("nn.functional." + operation, a -> call.apply(a.tensor(0, "input"))).covers(method)
                .refuses("a closed tensor", TensorClosedException.class, "was closed", () -> call.apply(closed()));
    }

    private static Entry distribution(Table table, String operation, String method, Distribution call) {
        return table.add(operation, a -> {
            // The functions of nn.functional have an argument of their own between the dimension and the type.
            DType type = a.isType(3, "dtype") ? a.type(3, "dtype") : a.isType(2, "dtype") ? a.type(2, "dtype") : null;
            return call.of(a.tensor(0, "input"), a.dim(1, "dim"), type);
        }).covers(method).refuses("a dimension that is not there", InvalidArgumentException.class, "expected a dimension in [-2, 1]",
                () -> call.of(Tensor.ones(2, 3), 2, null));
    }

    public static void addTo(Table table) {
        distribution(table, "softmax", "softmax", (x, dim, type) -> type == null ? x.softmax(dim) : x.softmax(dim, type))
                .covers("gumbelSoftmax")
                .refuses("no temperature", InvalidArgumentException.class, "temperature > 0",
                        () -> Tensor.ones(2).gumbelSoftmax(0, false, 0, null));
        distribution(table, "log_softmax", "logSoftmax", (x, dim, type) -> type == null ? x.logSoftmax(dim) : x.logSoftmax(dim, type));
        distribution(table, "nn.functional.softmin", "softmin", (x, dim, type) -> type == null ? x.softmin(dim) : x.softmin(dim, type));
        limits(table);
        linearUnits(table);
        smooth(table);
        others(table);
    }

    private static void others(Table table) {
        table.add("nn.functional.normalize",
                a -> a.tensor(0, "input").normalize(a.number(1, "p", 2), a.dim(2, "dim", 1), a.number(3, "eps", 1e-12))).covers("normalize")
                .refuses("a dimension that is not there", InvalidArgumentException.class, "[-1, 0]", () -> Tensor.ones(3).normalize());
        table.add("nn.functional.dropout",
                a -> a.tensor(0, "input").dropout(a.number(1, "p", 0.5), a.flag(2, "training", true)))
                .covers("dropout", "nativeDropout", "featureDropout", "dropout1d", "dropout2d", "dropout3d", "alphaDropout",
                        "featureAlphaDropout")
                .refuses("a probability above 1", InvalidArgumentException.class, "in [0, 1]", () -> Tensor.ones(3).dropout(2, true))
                .refuses("no channels", ShapeMismatchException.class, "3 or 4", () -> Tensor.ones(3).dropout2d(0.5, true, null));
    }

    private static void limits(Table table) {
        unary(table, "relu", "relu", Tensor::relu)
                .refuses("bool", DTypeMismatchException.class, "number type", () -> Tensor.of(new boolean[] {true}).relu());
        unary(table, "relu6", "relu6", Tensor::relu6);
        table.add("nn.functional.hardtanh",
                a -> a.tensor(0, "input").hardtanh(a.number(1, "min_val", -1), a.number(2, "max_val", 1))).covers("hardtanh")
                .refuses("limits the wrong way round", InvalidArgumentException.class, "min <= max", () -> Tensor.ones(2).hardtanh(1, -1));
        table.add("nn.functional.threshold",
                a -> a.tensor(0, "input").threshold(a.number(1, "threshold"), a.number(2, "value"))).covers("threshold")
                .refuses("bool", DTypeMismatchException.class, "number type", () -> Tensor.of(new boolean[] {true}).threshold(0, 1));
        table.add("nn.functional.hardshrink", a -> a.tensor(0, "input").hardshrink(a.number(1, "lambd", 0.5))).covers("hardshrink")
                .refuses("a closed tensor", TensorClosedException.class, "was closed", () -> closed().hardshrink());
        table.add("nn.functional.softshrink", a -> a.tensor(0, "input").softshrink(a.number(1, "lambd", 0.5))).covers("softshrink")
                .refuses("a negative bound", InvalidArgumentException.class, "lambda >= 0", () -> Tensor.ones(2).softshrink(-1));
        unary(table, "tanhshrink", "tanhshrink", Tensor::tanhshrink);
        unary(table, "hardsigmoid", "hardsigmoid", Tensor::hardsigmoid);
        unary(table, "hardswish", "hardswish", Tensor::hardswish);
    }

    private static void linearUnits(Table table) {
        table.add("nn.functional.leaky_relu", a -> a.tensor(0, "input").leakyRelu(a.number(1, "negative_slope", 0.01))).covers("leakyRelu")
                .refuses("a closed tensor", TensorClosedException.class, "was closed", () -> closed().leakyRelu());
        table.add("nn.functional.prelu", a -> a.tensor(0, "input").prelu(a.tensor(1, "weight"))).covers("prelu")
                .refuses("a weight of another size", ShapeMismatchException.class, "channels",
                        () -> Tensor.ones(2, 3).prelu(Tensor.ones(2)));
        table.add("nn.functional.rrelu", a -> a.tensor(0, "input")
                .rrelu(a.number(1, "lower", 1.0 / 8), a.number(2, "upper", 1.0 / 3), a.flag(3, "training", false), null)).covers("rrelu")
                .refuses("limits the wrong way round", InvalidArgumentException.class, "lower <= upper",
                        () -> Tensor.ones(2).rrelu(0.5, 0.1, false, null));
        table.add("nn.functional.elu", a -> a.tensor(0, "input").elu(a.number(1, "alpha", 1))).covers("elu")
                .refuses("a closed tensor", TensorClosedException.class, "was closed", () -> closed().elu());
        table.add("nn.functional.celu", a -> a.tensor(0, "input").celu(a.number(1, "alpha", 1))).covers("celu")
                .refuses("an alpha of 0", InvalidArgumentException.class, "other than 0", () -> Tensor.ones(2).celu(0));
        unary(table, "selu", "selu", Tensor::selu);
    }

    private static Tensor gelu(Arguments a) {
        Tensor x = a.tensor(0, "input");
        return a.text(-1, "approximate", "none").equals("tanh") ? x.geluTanh() : x.gelu();
    }

    private static void smooth(Table table) {
        table.add("nn.functional.gelu", Activations::gelu).covers("gelu", "geluTanh")
                .refuses("a closed tensor", TensorClosedException.class, "was closed", () -> closed().geluTanh());
        unary(table, "silu", "silu", Tensor::silu);
        unary(table, "mish", "mish", Tensor::mish);
        unary(table, "logsigmoid", "logSigmoid", Tensor::logSigmoid);
        unary(table, "softsign", "softsign", Tensor::softsign);
        table.add("nn.functional.softplus",
                a -> a.tensor(0, "input").softplus(a.number(1, "beta", 1), a.number(2, "threshold", 20))).covers("softplus")
                .refuses("a beta of 0", InvalidArgumentException.class, "other than 0", () -> Tensor.ones(2).softplus(0, 1));
        table.add("nn.functional.glu", a -> a.tensor(0, "input").glu(a.dim(1, "dim", -1))).covers("glu")
                .refuses("an odd size", ShapeMismatchException.class, "even size", () -> Tensor.ones(3).glu());
    }
}
