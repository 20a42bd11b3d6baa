// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import dev.ashlar.ConvolutionPadding;
import dev.ashlar.PaddingMode;
import dev.ashlar.Tensor;
import dev.ashlar.type.InvalidArgumentException;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Weight, bias and numbers of a convolution over any number of dimensions, plain or transposed. */
abstract class ConvolutionLayer<M extends ConvolutionLayer<M>> extends ConcreteModule<M> implements Layer {
    final String name;
    final int rank;
    final int[] kernel;
    final int[] stride;
    final int[] padding;
    final int[] outputPadding;
    final int[] dilation;
    final int groups;
    final long inputs;
    final long outputs;
    private final @Nullable ConvolutionPadding rule;
    private final PaddingMode mode;
    private final Parameter weight;
    private final @Nullable Parameter bias;

    ConvolutionLayer(String name, int rank, boolean transposed, long inputs, long outputs, int[] kernel, ConvOptions options) {
        this.name = name;
        this.rank = rank;
        this.inputs = inputs;
        this.outputs = outputs;
        this.kernel = Windows.each(name, "kernel", rank, kernel, 1);
        stride = Windows.each(name, "stride", rank, options.stride(), 1);
        padding = Windows.each(name, "padding", rank, options.padding(), 0);
        outputPadding = Windows.each(name, "output padding", rank, options.outputPadding(), 0);
        dilation = Windows.each(name, "dilation", rank, options.dilation(), 1);
        groups = options.groups();
        rule = options.rule();
        mode = options.paddingMode();
        if (groups < 1 || inputs < 1 || outputs < 1 || inputs % groups != 0 || outputs % groups != 0) {
            throw new InvalidArgumentException("[" + name + "] expected channels that are multiples of the groups, got " + inputs
                    + " inputs and " + outputs + " outputs in " + groups + " groups; 1 group always fits");
        }
        long[] sizes = new long[rank + 2];
        sizes[0] = transposed ? inputs : outputs;
        sizes[1] = (transposed ? outputs : inputs) / groups;
        Arrays.setAll(sizes, i -> i < 2 ? sizes[i] : this.kernel[i - 2]);
        weight = registerParameter("weight", Init.drawWeight(sizes));
        double bound = 1 / Math.sqrt(Init.inputs(weight.shape()));
        bias = options.bias() ? registerParameter("bias", Init.drawUniform(bound, outputs)) : null;
    }

    /** Returns what the layer was made with, but for the bias. */
    final ConvOptions options(boolean withBias) {
        return new ConvOptions(stride, padding, rule, outputPadding, dilation, groups, withBias, mode);
    }

    /** Returns the weight as it is now: a convolution's outputs, or a transposed one's inputs, come first. */
    public Tensor weight() {
        return weight.tensor();
    }

    /** Returns the bias as it is now, [outputs], or null if there is none. */
    public @Nullable Tensor bias() {
        return bias == null ? null : bias.tensor();
    }

    @Override
    public String extraRepr() {
        StringBuilder text = new StringBuilder().append(inputs).append(", ").append(outputs);
        text.append(", kernel_size=").append(Repr.tuple(kernel)).append(", stride=").append(Repr.tuple(stride));
        if (rule != null) {
            text.append(", padding=").append(rule.name().toLowerCase(Locale.ROOT));
        } else {
            other(text, "padding", padding, 0);
        }
        other(text, "dilation", dilation, 1);
        other(text, "output_padding", outputPadding, 0);
        if (groups != 1) {
            text.append(", groups=").append(groups);
        }
        text.append(bias == null ? ", bias=False" : "");
        return text.append(mode == PaddingMode.CONSTANT ? "" : ", padding_mode=" + mode.name().toLowerCase(Locale.ROOT)).toString();
    }

    private static void other(StringBuilder text, String what, int[] values, int usual) {
        if (Arrays.stream(values).anyMatch(value -> value != usual)) {
            text.append(", ").append(what).append('=').append(Repr.tuple(values));
        }
    }
}
