// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.vectors;

import dev.ashlar.Tensor;
import dev.ashlar.autograd.Autograd;
import dev.ashlar.type.DType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Gradients of gradients of recorded calls, against central differences of gradients in float64. Points where the gradient itself
 * jumps are left out: there the differences to the left and to the right disagree.
 */
public final class SecondOrder {
    private static final int MOST_ELEMENTS = 24;
    private static final double STEP = 1e-5;

    private SecondOrder() {}

    /** Returns whether a call is small and finite enough to be differenced. */
    public static boolean suits(VectorCase test, Entry entry) {
        if (test.gradients().isEmpty() || entry.onceDifferentiable() != null
                || entry.skipped(new Arguments(test.positional(), test.named(), name -> test.data(name).upload())) != null) {
            return false;
        }
        int count = 0;
        for (String name : test.gradients().keySet()) {
            Data data = test.data(name);
            count += data.count();
            if (data.type() != DType.FLOAT64 || Arrays.stream(data.numbers()).anyMatch(value -> !Double.isFinite(value)
                    || Math.abs(value) > 1e3)) {
                return false;
            }
        }
        boolean finite = test.gradients().values().stream().allMatch(data -> Arrays.stream(data.numbers()).allMatch(Double::isFinite));
        return finite && count > 0 && count <= MOST_ELEMENTS;
    }

    /** Returns what is wrong, or null. */
    public static @Nullable String check(VectorCase test, Entry entry) {
        List<String> names = new ArrayList<>(test.gradients().keySet());
        Map<String, double[]> directions = new HashMap<>();
        Random random = new Random(test.id().hashCode());
        names.forEach(name -> directions.put(name, random.doubles(test.data(name).count(), -1, 1).toArray()));

        Trial trial = new Trial(test, entry, Data::upload);
        trial.forward();
        Tensor product = trial.gradientAlong(directions, true);
        List<@Nullable Tensor> second = product == null || !product.requiresGrad()
                ? java.util.Collections.nCopies(names.size(), null)
                : Autograd.grad(List.of(product), trial.leaves(), java.util.Collections.singletonList(null), false, false, true);

        // All differences are recorded before the first is read, so that they are computed together.
        List<List<Tensor>> values = new ArrayList<>();
        for (String name : names) {
            for (int i = 0; i < directions.get(name).length; i++) {
                values.add(List.of(along(test, entry, directions, name, i, -STEP), along(test, entry, directions, name, i, 0),
                        along(test, entry, directions, name, i, STEP)));
            }
        }
        int at = 0;
        for (int n = 0; n < names.size(); n++) {
            Tensor own = second.get(n);
            double[] computed = own == null ? new double[directions.get(names.get(n)).length] : own.toDoubleArray();
            for (int i = 0; i < computed.length; i++) {
                double[] v = values.get(at++).stream().mapToDouble(Tensor::item).toArray();
                double left = (v[1] - v[0]) / STEP;
                double right = (v[2] - v[1]) / STEP;
                double size = Math.max(1, Math.max(Math.abs(left), Math.abs(right)));
                double central = (left + right) / 2;
                // A curved gradient differs by its own slope times the step; more is a jump, and so is a change that the step does not shrink.
                boolean jumps = Math.abs(left - right) > 1e-2 * size || Math.abs(central) * STEP > 1e-3;
                if (!jumps && !(Math.abs(computed[i] - central) <= 1e-3 * size)) {
                    return "expected the gradient's derivative with respect to element " + i + " of " + names.get(n) + " to be " + central
                            + ", as its differences are, got " + computed[i] + (own == null ? " (no gradient flows)" : "");
                }
            }
        }
        return null;
    }

    private static Tensor along(
            VectorCase test, Entry entry, Map<String, double[]> directions, String name, int element, double shift) {
        Trial trial = new Trial(test, entry, Data::upload, (key, data) -> key.equals(name) ? moved(data, element, shift) : data);
        trial.forward();
        Tensor product = trial.gradientAlong(directions, false);
        return product == null ? Tensor.scalar(0.0, DType.FLOAT64) : product;
    }

    private static Data moved(Data data, int element, double shift) {
        byte[] bytes = data.bytes().clone();
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        buffer.putDouble(element * 8, buffer.getDouble(element * 8) + shift);
        return new Data(data.type(), data.sizes(), bytes);
    }
}
