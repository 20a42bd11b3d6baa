// SPDX-License-Identifier: Apache-2.0
package dev.ashlar;

import dev.ashlar.internal.tensor.Drawing;
import dev.ashlar.internal.tensor.HostDrawing;
import dev.ashlar.internal.tensor.Primitives;

/**
 * Random numbers in the shape of a tensor, or by its values. None of them has a gradient: what is drawn does not change smoothly with
 * anything, and methods that read values read them without history.
 *
 * <p>Methods without a generator draw from {@link Ashlar#generator()}. Those that end in {@code Assign} overwrite this tensor, which must
 * own its value (as with {@link Tensor#assign}), in its type and on its device, and return it.
 */
public sealed interface RandomOps permits Tensor {
    private Tensor self() {
        return (Tensor) this;
    }

    private Tensor replaced(Tensor drawn) {
        return self().assign(drawn);
    }

    // ---- new tensors of this one's shape ----------------------------------------------------------------------------------------

    /** Returns numbers drawn evenly from [0, 1) in this one's shape, floating-point type and device. */
    default Tensor randLike() {
        return randLike(Ashlar.generator());
    }

    /** Returns numbers drawn evenly from [0, 1) in this one's shape, floating-point type and device. */
    default Tensor randLike(Generator generator) {
        return Drawing.rand(self().shape(), self().dtype(), generator, Primitives.runtimeOf(self()));
    }

    /** Returns numbers drawn from the standard normal distribution in this one's shape, floating-point type and device. */
    default Tensor randnLike() {
        return randnLike(Ashlar.generator());
    }

    /** Returns numbers drawn from the standard normal distribution in this one's shape, floating-point type and device. */
    default Tensor randnLike(Generator generator) {
        return Drawing.randn(self().shape(), self().dtype(), generator, Primitives.runtimeOf(self()));
    }

    /** Returns whole numbers drawn evenly from [low, high) in this one's shape, type and device. */
    default Tensor randintLike(long low, long high) {
        return randintLike(low, high, Ashlar.generator());
    }

    /** Returns whole numbers drawn evenly from [low, high) in this one's shape, type and device. */
    default Tensor randintLike(long low, long high, Generator generator) {
        return Drawing.randint(low, high, self().shape(), generator, Primitives.runtimeOf(self())).to(self().dtype());
    }

    // ---- by this one's values ---------------------------------------------------------------------------------------------------

    /** Returns 1 with the probabilities that this holds, else 0, in this one's shape and floating-point type. */
    default Tensor bernoulli() {
        return bernoulli(Ashlar.generator());
    }

    /** Returns 1 with the probabilities that this holds, else 0, in this one's shape and floating-point type. */
    default Tensor bernoulli(Generator generator) {
        return Drawing.bernoulli(self(), generator);
    }

    /** Returns 1 with probability p, else 0, in this one's shape, type and device. */
    default Tensor bernoulli(double p) {
        return bernoulli(p, Ashlar.generator());
    }

    /** Returns 1 with probability p, else 0, in this one's shape, type and device. */
    default Tensor bernoulli(double p, Generator generator) {
        return Drawing.bernoulli(self().shape(), p, self().dtype(), generator, Primitives.runtimeOf(self()));
    }

    /** Returns {@code count} different positions, drawn by the weights that this holds; see the full one. */
    default Tensor multinomial(long count) {
        return multinomial(count, false);
    }

    /** Returns {@code count} positions, drawn by the weights that this holds; see the full one. */
    default Tensor multinomial(long count, boolean replacement) {
        return multinomial(count, replacement, Ashlar.generator());
    }

    /**
     * Returns positions drawn by the weights that this holds, in their last dimension: [n] to [count], [rows, n] to [rows, count], int64.
     * Works on the host: it waits for this one's values.
     *
     * @param replacement whether a position may be drawn more than once
     * @throws dev.ashlar.type.InvalidArgumentException if a weight is negative or not finite, a row has none above 0, or {@code count} is
     *     above n without replacement
     */
    default Tensor multinomial(long count, boolean replacement, Generator generator) {
        return HostDrawing.multinomial(self(), count, replacement, generator);
    }

    /** Returns whole numbers from the Poisson distributions with the rates that this holds, in this one's type. Works on the host. */
    default Tensor poisson() {
        return poisson(Ashlar.generator());
    }

    /** Returns whole numbers from the Poisson distributions with the rates that this holds, in this one's type. Works on the host. */
    default Tensor poisson(Generator generator) {
        return HostDrawing.poisson(self(), generator);
    }

    // ---- in place ---------------------------------------------------------------------------------------------------------------

    /** Overwrites this with numbers drawn evenly from [low, high); returns this. */
    default Tensor uniformAssign(double low, double high) {
        return uniformAssign(low, high, Ashlar.generator());
    }

    /** Overwrites this with numbers drawn evenly from [low, high); returns this. */
    default Tensor uniformAssign(double low, double high, Generator generator) {
        return replaced(Drawing.uniform(self().shape(), low, high, self().dtype(), generator, Primitives.runtimeOf(self())));
    }

    /** Overwrites this with numbers from the normal distribution; returns this. */
    default Tensor normalAssign(double mean, double std) {
        return normalAssign(mean, std, Ashlar.generator());
    }

    /** Overwrites this with numbers from the normal distribution; returns this. */
    default Tensor normalAssign(double mean, double std, Generator generator) {
        return replaced(Drawing.normal(self().shape(), mean, std, self().dtype(), generator, Primitives.runtimeOf(self())));
    }

    /** Overwrites this with 1 with probability p, else 0; returns this. */
    default Tensor bernoulliAssign(double p) {
        return bernoulliAssign(p, Ashlar.generator());
    }

    /** Overwrites this with 1 with probability p, else 0; returns this. */
    default Tensor bernoulliAssign(double p, Generator generator) {
        return replaced(bernoulli(p, generator));
    }

    /** Overwrites this with whole numbers drawn evenly from [low, high); returns this. */
    default Tensor randintAssign(long low, long high) {
        return randintAssign(low, high, Ashlar.generator());
    }

    /** Overwrites this with whole numbers drawn evenly from [low, high); returns this. */
    default Tensor randintAssign(long low, long high, Generator generator) {
        return replaced(randintLike(low, high, generator));
    }

    /** Overwrites this with numbers of density {@code lambda exp(-lambda x)}, x &gt; 0; returns this. */
    default Tensor exponentialAssign(double lambda) {
        return exponentialAssign(lambda, Ashlar.generator());
    }

    /** Overwrites this with numbers of density {@code lambda exp(-lambda x)}, x &gt; 0; returns this. */
    default Tensor exponentialAssign(double lambda, Generator generator) {
        return replaced(Drawing.exponential(self().shape(), lambda, self().dtype(), generator, Primitives.runtimeOf(self())));
    }

    /** Overwrites this with how many trials of probability p it took to succeed, 1 or more; returns this. */
    default Tensor geometricAssign(double p) {
        return geometricAssign(p, Ashlar.generator());
    }

    /** Overwrites this with how many trials of probability p it took to succeed, 1 or more; returns this. */
    default Tensor geometricAssign(double p, Generator generator) {
        return replaced(Drawing.geometric(self().shape(), p, self().dtype(), generator, Primitives.runtimeOf(self())));
    }

    /** Overwrites this with numbers of density {@code sigma / (pi ((x - median)^2 + sigma^2))}; returns this. */
    default Tensor cauchyAssign(double median, double sigma) {
        return cauchyAssign(median, sigma, Ashlar.generator());
    }

    /** Overwrites this with numbers of density {@code sigma / (pi ((x - median)^2 + sigma^2))}; returns this. */
    default Tensor cauchyAssign(double median, double sigma, Generator generator) {
        return replaced(Drawing.cauchy(self().shape(), median, sigma, self().dtype(), generator, Primitives.runtimeOf(self())));
    }

    /** Overwrites this with numbers whose logarithm has the normal distribution with this mean and deviation; returns this. */
    default Tensor logNormalAssign(double mean, double std) {
        return logNormalAssign(mean, std, Ashlar.generator());
    }

    /** Overwrites this with numbers whose logarithm has the normal distribution with this mean and deviation; returns this. */
    default Tensor logNormalAssign(double mean, double std, Generator generator) {
        return replaced(Drawing.logNormal(self().shape(), mean, std, self().dtype(), generator, Primitives.runtimeOf(self())));
    }
}
