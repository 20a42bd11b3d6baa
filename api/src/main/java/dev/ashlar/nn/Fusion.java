// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import dev.ashlar.Ashlar;
import dev.ashlar.Generator;
import dev.ashlar.Tensor;
import dev.ashlar.autograd.Autograd;
import dev.ashlar.type.InvalidArgumentException;
import dev.ashlar.type.ShapeMismatchException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes one layer of a linear one and the batch normalisation that follows, for predictions: both must be in evaluation mode, the result
 * is a new layer in that mode on the same device.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.utils.fuse_conv_bn_eval.html">fuse_conv_bn_eval</a>
 */
public final class Fusion {
    private Fusion() {}

    public static Conv1d fuseConvBn(Conv1d convolution, BatchNorm1d norm) {
        return made(() -> new Conv1d(convolution.inputs, convolution.outputs, convolution.kernel, convolution.options(true)), convolution,
                convolution.weight(), convolution.bias(), norm, 0);
    }

    public static Conv2d fuseConvBn(Conv2d convolution, BatchNorm2d norm) {
        return made(() -> new Conv2d(convolution.inputs, convolution.outputs, convolution.kernel, convolution.options(true)), convolution,
                convolution.weight(), convolution.bias(), norm, 0);
    }

    public static Conv3d fuseConvBn(Conv3d convolution, BatchNorm3d norm) {
        return made(() -> new Conv3d(convolution.inputs, convolution.outputs, convolution.kernel, convolution.options(true)), convolution,
                convolution.weight(), convolution.bias(), norm, 0);
    }

    public static ConvTranspose1d fuseConvBn(ConvTranspose1d convolution, BatchNorm1d norm) {
        return made(() -> new ConvTranspose1d(convolution.inputs, convolution.outputs, convolution.kernel, convolution.options(true)),
                convolution, convolution.weight(), convolution.bias(), norm, 1);
    }

    public static ConvTranspose2d fuseConvBn(ConvTranspose2d convolution, BatchNorm2d norm) {
        return made(() -> new ConvTranspose2d(convolution.inputs, convolution.outputs, convolution.kernel, convolution.options(true)),
                convolution, convolution.weight(), convolution.bias(), norm, 1);
    }

    public static ConvTranspose3d fuseConvBn(ConvTranspose3d convolution, BatchNorm3d norm) {
        return made(() -> new ConvTranspose3d(convolution.inputs, convolution.outputs, convolution.kernel, convolution.options(true)),
                convolution, convolution.weight(), convolution.bias(), norm, 1);
    }

    public static Linear fuseLinearBn(Linear linear, BatchNorm1d norm) {
        Tensor weight = linear.weight();
        return made(() -> new Linear(weight.size(1), weight.size(0)), linear, weight, linear.bias(), norm, 0);
    }

    /** @param dim the dimension of the weight that counts outputs; groups of a transposed convolution share it */
    private static <M extends ConcreteModule<M>> M made(
            Supplier<M> make, M layer, Tensor weight, @Nullable Tensor bias, BatchNormalization<?> norm, int dim) {
        String name = layer instanceof Linear ? "[fuseLinearBn]" : "[fuseConvBn]";
        Tensor mean = norm.runningMean();
        Tensor variance = norm.runningVar();
        if (layer.isTraining() || norm.isTraining() || mean == null || variance == null) {
            throw new InvalidArgumentException(name + " expected layers in evaluation mode with running statistics, got "
                    + (mean == null ? "none" : "training mode") + "; call eval() first");
        }
        long outputs = bias != null ? bias.size(0) : weight.size(dim);
        if (mean.size(0) != outputs || weight.size(dim) != outputs) {
            throw new ShapeMismatchException(name + " expected a norm of " + weight.size(dim) + " channels behind one group, got "
                    + mean.size(0) + "; it must be the one that follows");
        }
        Generator generator = Ashlar.generator();
        byte[] random = generator.getState();
        M fused = make.get();
        generator.setState(random);
        try (var _ = Autograd.noGrad()) {
            Tensor scale = variance.add(norm.epsilon).rsqrt();
            Tensor gain = norm.weight();
            scale = gain == null ? scale : scale.mul(gain);
            long[] sizes = new long[weight.dim()];
            Arrays.fill(sizes, 1);
            sizes[dim] = outputs;
            Tensor moved = (bias == null ? mean.neg() : bias.sub(mean)).mul(scale);
            Tensor offset = norm.bias();
            Map<String, Tensor> state = new LinkedHashMap<>();
            state.put("weight", weight.mul(scale.reshape(sizes)));
            state.put("bias", offset == null ? moved : moved.add(offset));
            fused.to(weight.dtype()).to(weight.device()).eval().loadStateDict(state);
        }
        return fused;
    }
}
