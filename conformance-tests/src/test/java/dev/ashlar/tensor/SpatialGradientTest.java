// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.tensor;

import static dev.ashlar.tensor.TensorCases.leaf;

import dev.ashlar.Ashlar;
import dev.ashlar.ConvolutionPadding;
import dev.ashlar.Device;
import dev.ashlar.GridPadding;
import dev.ashlar.InterpolationMode;
import dev.ashlar.PaddingMode;
import dev.ashlar.Tensor;
import dev.ashlar.autograd.GradCheck;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** First and second gradients of convolution over other than two dimensions, columns, pooling, padding and resampling. */
final class SpatialGradientTest {
    /** The rules are the same on every device; the operations that they are made of are tested on all of them elsewhere. */
    private final Device device = Ashlar.defaultDevice();

    private static void both(Function<List<Tensor>, Tensor> function, Tensor... inputs) {
        GradCheck.check(function, List.of(inputs));
        GradCheck.checkSecond(function, List.of(inputs));
    }

    private static int[] of(int... numbers) {
        return numbers;
    }

    @Test
    void convolutions() {
        both(
                in -> in.get(0).conv1d(in.get(1), in.get(2), of(2), of(1), of(2), 2).square(),
                leaf(device, 1, 2, 4, 7),
                leaf(device, 2, 2, 2, 2),
                leaf(device, 3, 2));
        both(
                in -> in.get(0).conv3d(in.get(1), null, of(1), ConvolutionPadding.SAME, of(1), 1).square(),
                leaf(device, 1, 1, 1, 2, 3, 2),
                leaf(device, 2, 1, 1, 2, 1, 2));
    }

    @Test
    void transposedConvolutions() {
        both(
                in -> in.get(0).convTranspose2d(in.get(1), in.get(2), of(2), of(1), of(1), 2, of(1)).square(),
                leaf(device, 1, 1, 2, 2, 3),
                leaf(device, 2, 2, 1, 2, 2),
                leaf(device, 3, 2));
        both(
                in -> in.get(0).convTranspose1d(in.get(1), null, of(1), of(0), of(2), 1, of(3)).square(),
                leaf(device, 1, 1, 2, 3),
                leaf(device, 2, 2, 1, 2));
    }

    @Test
    void columns() {
        both(in -> in.get(0).unfold(of(2), of(1), of(1), of(2)).square(), leaf(device, 1, 1, 2, 3, 4));
        both(in -> in.get(0).fold(of(3, 4), of(2), of(1), of(0), of(1)).square(), leaf(device, 1, 1, 4, 6));
    }

    @Test
    void pooling() {
        both(in -> in.get(0).maxPool3d(of(2), null, of(1), of(1), true).square(), leaf(device, 1, 1, 1, 3, 3, 3));
        both(in -> in.get(0).maxPool1dWithIndices(of(2), of(1), of(0), of(2), true).values().square(), leaf(device, 1, 1, 2, 7));
        both(in -> in.get(0).avgPool3d(of(2, 3, 2), of(2), of(1), true, false, null).square(), leaf(device, 1, 1, 1, 3, 4, 3));
        both(in -> in.get(0).adaptiveMaxPool2d(2, 3).square(), leaf(device, 1, 1, 1, 5, 4));
        both(in -> in.get(0).adaptiveAvgPool2d(2, 3).square(), leaf(device, 1, 1, 1, 5, 6));
        both(in -> in.get(0).square().add(0.1).lpPool2d(2.5, of(2), of(1), false), leaf(device, 1, 1, 1, 3, 3));
    }

    @Test
    void padding() {
        for (PaddingMode mode : PaddingMode.values()) {
            both(in -> in.get(0).pad(new long[] {1, 2, -1, 1}, mode).square(), leaf(device, 1, 1, 1, 4, 4));
        }
    }

    @Test
    void resampling() {
        both(in -> in.get(0).interpolate(new long[] {5, 3}, InterpolationMode.BICUBIC).square(), leaf(device, 1, 1, 1, 3, 4));
        both(in -> in.get(0).interpolate(new long[] {3}, InterpolationMode.TRILINEAR).square(), leaf(device, 1, 1, 1, 2, 2, 4));
        both(
                in -> in.get(0).interpolate(new long[] {3}, null, InterpolationMode.BILINEAR, false, false, true).square(),
                leaf(device, 1, 1, 1, 7, 5));
    }

    @Test
    void sampling() {
        for (GridPadding padding : GridPadding.values()) {
            both(
                    in -> in.get(0).gridSample(in.get(1), InterpolationMode.BICUBIC, padding, false).square(),
                    leaf(device, 1, 1, 1, 3, 3),
                    leaf(device, 2, 1, 2, 2, 2));
        }
        both(
                in -> in.get(0).gridSample(in.get(1), InterpolationMode.BILINEAR, GridPadding.REFLECTION, true).square(),
                leaf(device, 1, 1, 1, 2, 3, 2),
                leaf(device, 2, 1, 1, 2, 1, 3));
        both(in -> in.get(0).affineGrid(new long[] {1, 1, 2, 3}, false).square(), leaf(device, 1, 1, 2, 3));
    }
}
