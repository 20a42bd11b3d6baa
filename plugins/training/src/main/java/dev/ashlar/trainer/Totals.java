// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.trainer;

import dev.ashlar.State;
import dev.ashlar.Tensor;
import dev.ashlar.autograd.Autograd;
import dev.ashlar.type.DType;
import dev.ashlar.type.InvalidArgumentException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Sums over batches that stay on the device, in the widest type that it computes in. */
abstract class Totals implements Metric {
    private final Map<String, Tensor> sums = new LinkedHashMap<>();

    /** Records a batch with {@link #add}; there are no gradients. */
    abstract void record(Tensor output, Tensor target);

    @Override
    public final void update(Tensor output, Tensor target) {
        try (var _ = Autograd.noGrad()) {
            record(output.detach(), target.detach());
        }
    }

    @Override
    public final void reset() {
        sums.clear();
    }

    /** Computes the sums, and with them all that this thread has recorded, without waiting. */
    final void realize() {
        sums.values().forEach(Tensor::realize);
    }

    /** Adds to a sum. */
    final void add(String name, Tensor value) {
        Tensor wide = wide(value);
        sums.merge(name, wide, (known, more) -> known.to(more.device()).add(more));
    }

    /** Returns a tensor in the widest type of its kind that the device computes in. */
    static Tensor wide(Tensor value) {
        boolean floating = value.dtype().isFloatingPoint();
        DType widest = floating ? DType.FLOAT64 : DType.INT64;
        boolean possible = value.device().capabilities().arithmetic().contains(widest);
        return value.to(possible ? widest : floating ? DType.FLOAT32 : DType.INT32);
    }

    /** Returns a value that is kept since the first batch, and is kept now if this is the first. */
    final Tensor first(String name, Tensor value) {
        Tensor known = sums.computeIfAbsent(name, _ -> value).to(value.device());
        sums.put(name, known);
        return known;
    }

    /** Reads a sum; empty if there was no batch. */
    final double[] sum(String name) {
        Tensor known = sums.get(name);
        return known == null ? new double[0] : known.toDoubleArray();
    }

    /** Reads a sum of one element; 0 if there was no batch. */
    final double total(String name) {
        Tensor known = sums.get(name);
        return known == null ? 0 : known.item();
    }

    @Override
    public State state() {
        return new State(getClass().getSimpleName(), sums, Map.of(), Map.of());
    }

    @Override
    public void loadState(State state) {
        Map<String, Tensor> loaded = state.expect(getClass().getSimpleName()).tensors();
        sums.clear();
        sums.putAll(loaded);
    }

    /** Returns the exception for outputs and targets that do not belong together. */
    static InvalidArgumentException shapes(String metric, String expected, Tensor output, Tensor target) {
        return new InvalidArgumentException("[" + metric + "] expected " + expected + ", got outputs " + output.shape() + " and targets "
                + target.shape() + "; reshape one of them");
    }
}
