// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.trainer;

import dev.ashlar.Tensor;
import dev.ashlar.type.DType;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How far numbers are from their targets: {@code r2} (the share of the targets' variance that is explained), {@code rmse} (root of the mean
 * squared error) and {@code mae} (mean absolute error). With several columns each is the mean over them.
 *
 * <p>Outputs are [samples] or [samples, columns], targets have as many elements.
 */
public final class RegressionErrors extends Totals {
    /** Creates the figures of no batches. */
    public RegressionErrors() {}

    @Override
    void record(Tensor output, Tensor target) {
        if (output.dim() == 0 || output.dim() > 2 || target.dim() == 0 || output.size(0) != target.size(0)
                || output.shape().elements() != target.shape().elements()) {
            throw shapes("regressionErrors", "numbers [samples] or [samples, columns], and as many targets", output, target);
        }
        long rows = output.size(0);
        Tensor given = wide(output).reshape(rows, -1);
        Tensor wanted = wide(target.to(output.dtype())).reshape(rows, -1);
        Tensor error = given.sub(wanted);
        // Squares are taken around a mean, since those of numbers far from 0 leave no digits for their differences.
        Tensor centred = wanted.sub(first("centre", wanted.mean(0, true)));
        add("rows", Tensor.scalar(rows, DType.INT64).to(output.device()));
        add("absolute", error.abs().sum(0));
        add("squared", error.square().sum(0));
        add("centred", centred.sum(0));
        add("centredSquared", centred.square().sum(0));
    }

    @Override
    public Map<String, Double> values() {
        double rows = total("rows");
        double[] absolute = sum("absolute");
        double[] squared = sum("squared");
        double[] centred = sum("centred");
        double[] centredSquared = sum("centredSquared");
        double r2 = 0;
        double rmse = 0;
        double mae = 0;
        for (int i = 0; i < squared.length; i++) {
            double variation = centredSquared[i] - centred[i] * centred[i] / rows;
            // Targets that are all the same have nothing to explain.
            r2 += variation > 0 ? 1 - squared[i] / variation : squared[i] == 0 ? 1 : 0;
            rmse += Math.sqrt(squared[i] / rows);
            mae += absolute[i] / rows;
        }
        Map<String, Double> values = new LinkedHashMap<>();
        values.put("r2", rows < 2 ? Double.NaN : r2 / squared.length);
        values.put("rmse", rmse / squared.length);
        values.put("mae", mae / squared.length);
        return values;
    }
}
