// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.vectors.modules;

import dev.ashlar.nn.AlphaDropout;
import dev.ashlar.nn.CELU;
import dev.ashlar.nn.Dropout;
import dev.ashlar.nn.Dropout1d;
import dev.ashlar.nn.Dropout2d;
import dev.ashlar.nn.Dropout3d;
import dev.ashlar.nn.ELU;
import dev.ashlar.nn.FeatureAlphaDropout;
import dev.ashlar.nn.GELU;
import dev.ashlar.nn.GLU;
import dev.ashlar.nn.Hardshrink;
import dev.ashlar.nn.Hardsigmoid;
import dev.ashlar.nn.Hardswish;
import dev.ashlar.nn.Hardtanh;
import dev.ashlar.nn.LeakyReLU;
import dev.ashlar.nn.LogSigmoid;
import dev.ashlar.nn.LogSoftmax;
import dev.ashlar.nn.Mish;
import dev.ashlar.nn.PReLU;
import dev.ashlar.nn.RReLU;
import dev.ashlar.nn.ReLU;
import dev.ashlar.nn.ReLU6;
import dev.ashlar.nn.SELU;
import dev.ashlar.nn.SiLU;
import dev.ashlar.nn.Sigmoid;
import dev.ashlar.nn.Softmax;
import dev.ashlar.nn.Softmax2d;
import dev.ashlar.nn.Softmin;
import dev.ashlar.nn.Softplus;
import dev.ashlar.nn.Softshrink;
import dev.ashlar.nn.Softsign;
import dev.ashlar.nn.Tanh;
import dev.ashlar.nn.Tanhshrink;
import dev.ashlar.nn.Threshold;

/** Activations and dropouts. */
final class ActivationModules {
    private ActivationModules() {}

    static void addTo(ModuleTable table) {
        table.add("Hardsigmoid", _ -> new Hardsigmoid());
        table.add("Hardswish", _ -> new Hardswish());
        table.add("LogSigmoid", _ -> new LogSigmoid());
        table.add("Mish", _ -> new Mish());
        table.add("ReLU", _ -> new ReLU());
        table.add("ReLU6", _ -> new ReLU6());
        table.add("SELU", _ -> new SELU());
        table.add("SiLU", _ -> new SiLU());
        table.add("Sigmoid", _ -> new Sigmoid());
        table.add("Softmax2d", _ -> new Softmax2d());
        table.add("Softsign", _ -> new Softsign());
        table.add("Tanh", _ -> new Tanh());
        table.add("Tanhshrink", _ -> new Tanhshrink());
        table.add("CELU", a -> new CELU(a.number(0, "alpha", 1)));
        table.add("ELU", a -> new ELU(a.number(0, "alpha", 1)));
        table.add("LeakyReLU", a -> new LeakyReLU(a.number(0, "negative_slope", 0.01)));
        table.add("Hardshrink", a -> new Hardshrink(a.number(0, "lambd", 0.5)));
        table.add("Softshrink", a -> new Softshrink(a.number(0, "lambd", 0.5)));
        table.add("GELU", a -> new GELU(a.text(0, "approximate", "none").equals("tanh")));
        table.add("GLU", a -> new GLU(a.dim(0, "dim", -1)));
        table.add("Hardtanh", a -> new Hardtanh(a.number(0, "min_val", -1), a.number(1, "max_val", 1)));
        table.add("LogSoftmax", a -> new LogSoftmax(a.dim(0, "dim")));
        table.add("Softmax", a -> new Softmax(a.dim(0, "dim")));
        table.add("Softmin", a -> new Softmin(a.dim(0, "dim")));
        table.add("PReLU", a -> new PReLU(a.integer(0, "num_parameters", 1), a.number(1, "init", 0.25)));
        table.add("RReLU", a -> new RReLU(a.number(0, "lower", 1.0 / 8), a.number(1, "upper", 1.0 / 3)));
        table.add("Softplus", a -> new Softplus(a.number(0, "beta", 1), a.number(1, "threshold", 20)));
        table.add("Threshold", a -> new Threshold(a.number(0, "threshold"), a.number(1, "value")));
        table.add("Dropout", a -> new Dropout(a.number(0, "p", 0.5)));
        table.add("Dropout1d", a -> new Dropout1d(a.number(0, "p", 0.5)));
        table.add("Dropout2d", a -> new Dropout2d(a.number(0, "p", 0.5)));
        table.add("Dropout3d", a -> new Dropout3d(a.number(0, "p", 0.5)));
        table.add("AlphaDropout", a -> new AlphaDropout(a.number(0, "p", 0.5)));
        table.add("FeatureAlphaDropout", a -> new FeatureAlphaDropout(a.number(0, "p", 0.5)));
    }
}
