// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.cli;

import dev.ashlar.Device;
import dev.ashlar.Tensor;
import dev.ashlar.autograd.Autograd;
import dev.ashlar.datasets.FloatMatrix;
import dev.ashlar.datasets.TablePreprocessor;
import dev.ashlar.datasets.Task;
import dev.ashlar.nn.Destandardize;
import dev.ashlar.nn.Layer;
import dev.ashlar.nn.Linear;
import dev.ashlar.nn.Parameter;
import dev.ashlar.nn.ReLU;
import dev.ashlar.nn.Sequential;
import dev.ashlar.nn.Standardize;
import java.util.ArrayList;
import java.util.List;

/**
 * A multi-layer perceptron over the columns of a table, from values in the table's own units to such values, or to scores of classes.
 * Standardisation is its first layer, and its last for numbers.
 *
 * @param preprocessor turns tables into inputs
 * @param hidden sizes of the hidden layers
 * @param whole from inputs to predictions
 * @param trained the same layers without the last one of a regression: its outputs are standardised, which is what is trained
 */
record TableModel(TablePreprocessor preprocessor, List<Integer> hidden, Sequential whole, Sequential trained) {
    /** So many rows go through the model at a time when it only predicts. */
    private static final int CHUNK = 8192;

    /** Creates a model whose weights are drawn from the default generator. */
    static TableModel create(Scaling scaling, List<Integer> hidden) {
        boolean regression = scaling.raw().task() == Task.REGRESSION;
        return build(scaling.raw(), hidden, scaling.means(), scaling.deviations(), regression ? scaling.targetMeans() : new float[0],
                regression ? scaling.targetDeviations() : new float[0]);
    }

    /** Creates a model whose state is loaded afterwards. */
    static TableModel empty(TablePreprocessor preprocessor, List<Integer> hidden) {
        float[] inputs = new float[preprocessor.inputSize()];
        float[] outputs = new float[preprocessor.task() == Task.REGRESSION ? preprocessor.outputSize() : 0];
        return build(preprocessor, hidden, inputs, inputs, outputs, outputs);
    }

    private static TableModel build(
            TablePreprocessor preprocessor, List<Integer> hidden, float[] means, float[] deviations, float[] targetMeans,
            float[] targetDeviations) {
        List<Layer> layers = new ArrayList<>();
        layers.add(new Standardize(Tensor.of(means), Tensor.of(deviations)));
        int width = preprocessor.inputSize();
        for (int size : hidden) {
            layers.add(new Linear(width, size));
            layers.add(new ReLU());
            width = size;
        }
        layers.add(new Linear(width, preprocessor.outputSize()));
        Sequential trained = new Sequential(layers.toArray(Layer[]::new));
        if (preprocessor.task() == Task.REGRESSION) {
            layers.add(new Destandardize(Tensor.of(targetMeans), Tensor.of(targetDeviations)));
        }
        return new TableModel(preprocessor, List.copyOf(hidden), new Sequential(layers.toArray(Layer[]::new)), trained);
    }

    TableModel to(Device device) {
        whole.to(device);
        return this;
    }

    /** Returns how many numbers are trained. */
    long parameterCount() {
        return whole.parameters().stream().map(Parameter::tensor).mapToLong(Tensor::numel).sum();
    }

    /** Returns for each row the predicted values, or the probability of each class. */
    double[][] predict(FloatMatrix inputs, Device device) {
        int width = preprocessor.outputSize();
        double[][] result = new double[inputs.rows()][width];
        try (var _ = Autograd.noGrad()) {
            for (int start = 0; start < inputs.rows(); start += CHUNK) {
                int rows = Math.min(CHUNK, inputs.rows() - start);
                float[] values = java.util.Arrays.copyOfRange(
                        inputs.values(), start * inputs.columns(), (start + rows) * inputs.columns());
                Tensor output = whole.forward(Tensor.of(values, rows, inputs.columns()).to(device));
                Tensor answer = preprocessor.task() == Task.CLASSIFICATION ? output.softmax(1) : output;
                float[] flat = answer.toFloatArray();
                for (int i = 0; i < flat.length; i++) {
                    result[start + i / width][i % width] = flat[i];
                }
            }
        }
        return result;
    }
}
