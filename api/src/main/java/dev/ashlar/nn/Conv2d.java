// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import dev.ashlar.Tensor;
import dev.ashlar.type.InvalidArgumentException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Convolves images [batch, inputs, rows, columns] to [batch, outputs, rows, columns]; see {@link Tensor#conv2d}. Where two numbers are
 * given they are for rows and columns.
 *
 * <p>Weight [outputs, inputs / groups, rows, columns] and bias [outputs] start evenly in plus or minus 1 / sqrt(n), n being the numbers
 * that each output depends on.
 */
public final class Conv2d extends ConcreteModule<Conv2d> implements Layer {
    private final int[] kernel;
    private final int[] stride;
    private final int[] padding;
    private final int[] dilation;
    private final int groups;
    private final Parameter weight;
    private final @Nullable Parameter bias;

    /** Creates a layer with square windows, a step of 1, no padding, and bias. */
    public Conv2d(long inputs, long outputs, int kernel) {
        this(inputs, outputs, kernel, 1, 0);
    }

    /** Creates a layer with square windows, and bias. */
    public Conv2d(long inputs, long outputs, int kernel, int stride, int padding) {
        this(inputs, outputs, Windows.both(kernel), Windows.both(stride), Windows.both(padding), Windows.both(1), 1, true);
    }

    /**
     * @param inputs channels of the input, a multiple of {@code groups}
     * @param outputs channels of the result, a multiple of {@code groups}
     * @param kernel size of a window, &gt;= 1
     * @param stride between windows, &gt;= 1
     * @param padding zeros added on each side, &gt;= 0
     * @param dilation distance of neighbours within a window, &gt;= 1
     * @param groups how many parts of consecutive channels are convolved on their own
     * @param withBias whether a bias is added
     */
    public Conv2d(
            long inputs, long outputs, int[] kernel, int[] stride, int[] padding, int[] dilation, int groups, boolean withBias) {
        this.kernel = Windows.checked("conv2d", "kernel", kernel, 1);
        this.stride = Windows.checked("conv2d", "stride", stride, 1);
        this.padding = Windows.checked("conv2d", "padding", padding, 0);
        this.dilation = Windows.checked("conv2d", "dilation", dilation, 1);
        if (groups < 1 || inputs < 1 || outputs < 1 || inputs % groups != 0 || outputs % groups != 0) {
            throw new InvalidArgumentException("[conv2d] expected channels that are multiples of the groups, got " + inputs + " inputs and "
                    + outputs + " outputs in " + groups + " groups");
        }
        this.groups = groups;
        long part = inputs / groups;
        double bound = 1 / Math.sqrt((double) part * kernel[0] * kernel[1]);
        weight = registerParameter("weight", Init.drawWeight(outputs, part, kernel[0], kernel[1]));
        bias = withBias ? registerParameter("bias", Init.drawUniform(bound, outputs)) : null;
    }

    @Override
    public Tensor forward(Tensor input) {
        return hooked(input, given -> given.conv2d(weight.tensor(), bias(), stride, padding, dilation, groups));
    }

    /** Returns the weight as it is now, [outputs, inputs / groups, rows, columns]. */
    public Tensor weight() {
        return weight.tensor();
    }

    /** Returns the bias as it is now, [outputs], or null if there is none. */
    public @Nullable Tensor bias() {
        return bias == null ? null : bias.tensor();
    }

    @Override
    public String extraRepr() {
        StringBuilder text = new StringBuilder().append(weight.shape().size(1) * groups).append(", ").append(weight.shape().size(0));
        text.append(", kernel_size=").append(Repr.tuple(kernel)).append(", stride=").append(Repr.tuple(stride));
        if (!Arrays.equals(padding, Windows.both(0))) {
            text.append(", padding=").append(Repr.tuple(padding));
        }
        if (!Arrays.equals(dilation, Windows.both(1))) {
            text.append(", dilation=").append(Repr.tuple(dilation));
        }
        if (groups != 1) {
            text.append(", groups=").append(groups);
        }
        return text.append(bias == null ? ", bias=False" : "").toString();
    }
}
