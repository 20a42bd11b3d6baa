// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.ops;

import java.util.Arrays;
import java.util.List;

/**
 * A network with one hidden layer of tanh, with gradients and optimizers written out in double: what whole trainings are compared with.
 */
public final class PlainNetwork {
    private final double[][] parameters;
    private final int inputs;
    private final int hidden;
    private final int outputs;
    private final double[][] memory;
    private final double[][] squares;
    private int steps;

    /** What the outputs are trained for. */
    public enum Loss {
        /** Mean of squared differences to the targets. */
        SQUARES,
        /** Mean binary cross-entropy of logits. */
        BINARY,
        /** Mean cross-entropy of scores; targets are class numbers. */
        CLASSES
    }

    /** How parameters change. */
    public enum Method {
        ADAM, ADAMW, MOMENTUM, RPROP
    }

    /**
     * @param weights first weights [hidden, inputs], first biases, second weights [outputs, hidden], second biases; copied
     */
    public PlainNetwork(int inputs, int hidden, int outputs, List<Values> weights) {
        this.inputs = inputs;
        this.hidden = hidden;
        this.outputs = outputs;
        this.parameters = weights.stream().map(values -> values.data().clone()).toArray(double[][]::new);
        this.memory = Arrays.stream(parameters).map(values -> new double[values.length]).toArray(double[][]::new);
        this.squares = Arrays.stream(parameters).map(values -> new double[values.length]).toArray(double[][]::new);
    }

    /** Does one step on all samples and returns the loss before it. */
    public double step(Values x, Values target, Loss loss, Method method, double rate) {
        int samples = x.shape()[0];
        double[][] gradients = Arrays.stream(parameters).map(values -> new double[values.length]).toArray(double[][]::new);
        double total = 0;
        for (int sample = 0; sample < samples; sample++) {
            double[] input = Arrays.copyOfRange(x.data(), sample * inputs, (sample + 1) * inputs);
            double[] activation = layer(input, parameters[0], parameters[1], hidden);
            activation = Arrays.stream(activation).map(StrictMath::tanh).toArray();
            double[] output = layer(activation, parameters[2], parameters[3], outputs);
            double[] slope = new double[outputs];
            total += loss(output, target, sample, samples, loss, slope);
            double[] back = backward(activation, slope, gradients[2], gradients[3], parameters[2]);
            for (int i = 0; i < hidden; i++) {
                back[i] *= 1 - activation[i] * activation[i];
            }
            backward(input, back, gradients[0], gradients[1], parameters[0]);
        }
        steps++;
        for (int p = 0; p < parameters.length; p++) {
            for (int i = 0; i < parameters[p].length; i++) {
                update(p, i, gradients[p][i], method, rate);
            }
        }
        return total;
    }

    private static double[] layer(double[] input, double[] weights, double[] biases, int outputs) {
        double[] result = biases.clone();
        for (int o = 0; o < outputs; o++) {
            for (int i = 0; i < input.length; i++) {
                result[o] += weights[o * input.length + i] * input[i];
            }
        }
        return result;
    }

    private static double[] backward(double[] input, double[] slope, double[] weightGradient, double[] biasGradient, double[] weights) {
        double[] back = new double[input.length];
        for (int o = 0; o < slope.length; o++) {
            biasGradient[o] += slope[o];
            for (int i = 0; i < input.length; i++) {
                weightGradient[o * input.length + i] += slope[o] * input[i];
                back[i] += slope[o] * weights[o * input.length + i];
            }
        }
        return back;
    }

    /** Returns the sample's part of the loss, and writes its derivative by the outputs. */
    private double loss(double[] output, Values target, int sample, int samples, Loss loss, double[] slope) {
        double part = 0;
        double sum = Arrays.stream(output).map(StrictMath::exp).sum();
        for (int o = 0; o < outputs; o++) {
            switch (loss) {
                case SQUARES -> {
                    double difference = output[o] - target.at(sample, o);
                    part += difference * difference / (samples * outputs);
                    slope[o] = 2 * difference / (samples * outputs);
                }
                case BINARY -> {
                    double t = target.at(sample, o);
                    part += (Math.max(output[o], 0) - output[o] * t + StrictMath.log1p(StrictMath.exp(-Math.abs(output[o]))))
                            / (samples * outputs);
                    slope[o] = (1 / (1 + StrictMath.exp(-output[o])) - t) / (samples * outputs);
                }
                case CLASSES -> {
                    double probability = StrictMath.exp(output[o]) / sum;
                    boolean right = target.at(sample) == o;
                    part -= right ? StrictMath.log(probability) / samples : 0;
                    slope[o] = (probability - (right ? 1 : 0)) / samples;
                }
            }
        }
        return part;
    }

    private void update(int p, int i, double gradient, Method method, double rate) {
        double value = parameters[p][i];
        parameters[p][i] = switch (method) {
            case ADAM -> value - rate * adam(p, i, gradient);
            case ADAMW -> value * (1 - rate * 0.01) - rate * adam(p, i, gradient);
            case MOMENTUM -> {
                memory[p][i] = steps == 1 ? gradient : 0.9 * memory[p][i] + gradient;
                yield value - rate * memory[p][i];
            }
            case RPROP -> {
                double agreement = gradient * memory[p][i];
                double size = steps == 1 ? rate : squares[p][i];
                squares[p][i] = Math.clamp(size * (agreement > 0 ? 1.2 : agreement < 0 ? 0.5 : 1), 1e-6, 50);
                memory[p][i] = agreement < 0 ? 0 : gradient;
                yield value - Math.signum(memory[p][i]) * squares[p][i];
            }
        };
    }

    private double adam(int p, int i, double gradient) {
        memory[p][i] = 0.9 * memory[p][i] + 0.1 * gradient;
        squares[p][i] = 0.999 * squares[p][i] + 0.001 * gradient * gradient;
        double mean = memory[p][i] / (1 - StrictMath.pow(0.9, steps));
        double square = squares[p][i] / (1 - StrictMath.pow(0.999, steps));
        return mean / (StrictMath.sqrt(square) + 1e-8);
    }
}
