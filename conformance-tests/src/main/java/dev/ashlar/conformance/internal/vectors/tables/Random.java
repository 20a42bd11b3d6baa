// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.vectors.tables;

import dev.ashlar.Ashlar;
import dev.ashlar.Generator;
import dev.ashlar.Tensor;
import dev.ashlar.conformance.internal.vectors.Table;
import dev.ashlar.type.DType;
import dev.ashlar.type.DTypeMismatchException;
import dev.ashlar.type.InvalidArgumentException;
import dev.ashlar.type.Shape;
import dev.ashlar.type.ShapeMismatchException;

/**
 * The calls that draw random numbers. No recorded answer can exist for the default generator; its distributions are tested by their
 * moments, and the numbers of the generators that draw as other libraries do against recorded ones.
 */
public final class Random {
    private static final String DRAWN = "what is drawn does not change smoothly with anything";

    private Random() {}

    public static void addTo(Table table) {
        fresh(table);
        likeAnother(table);
        byValues(table);
        inPlace(table);
    }

    private static Generator generator() {
        return Ashlar.generator();
    }

    private static Tensor whole() {
        return Tensor.zeros(Shape.of(3), DType.INT64);
    }

    private static void fresh(Table table) {
        table.add("rand", a -> Tensor.rand(a.integersFrom(0)))
                .covers("rand")
                .noGradient(DRAWN)
                .refuses("integers", DTypeMismatchException.class, "int64", () -> Tensor.rand(Shape.of(2), DType.INT64, generator()))
                .refuses("bool", DTypeMismatchException.class, "bool", () -> Tensor.rand(Shape.of(2), DType.BOOL, generator()));
        table.add("uniform", a -> Tensor.uniform(a.number(0, "from"), a.number(1, "to"), Shape.of(a.integers(2, "size")), DType.FLOAT32,
                        generator()))
                .covers("uniform")
                .noGradient(DRAWN)
                .refuses("ends in the wrong order", InvalidArgumentException.class, "low <= high",
                        () -> Tensor.uniform(1, 0, Shape.of(2), DType.FLOAT32, generator()))
                .refuses("an infinite end", InvalidArgumentException.class, "finite",
                        () -> Tensor.uniform(0, Double.POSITIVE_INFINITY, Shape.of(2), DType.FLOAT32, generator()));
        table.add("randn", a -> Tensor.randn(a.integersFrom(0)))
                .covers("randn")
                .noGradient(DRAWN)
                .refuses("integers", DTypeMismatchException.class, "int32", () -> Tensor.randn(Shape.of(2), DType.INT32, generator()));
        table.add("normal", a -> Tensor.normal(a.tensor(0, "mean"), a.tensor(1, "std")))
                .covers("normal")
                .noGradient(DRAWN)
                .refuses("a negative deviation", InvalidArgumentException.class, ">= 0", () -> Tensor.normal(0, -1, 2))
                .refuses("shapes that do not broadcast", ShapeMismatchException.class, "[2]",
                        () -> Tensor.normal(Tensor.zeros(2), Tensor.ones(3)))
                .refuses("integers", DTypeMismatchException.class, "int64", () -> Tensor.normal(whole(), Tensor.ones(3)));
        table.add("randint", a -> Tensor.randint(a.integer(0, "low"), a.integer(1, "high"), a.integers(2, "size")))
                .covers("randint")
                .noGradient(DRAWN)
                .refuses("an empty range", InvalidArgumentException.class, "low < high", () -> Tensor.randint(3, 3, 2))
                .refuses("a range beyond 63 bits", InvalidArgumentException.class, "2^63",
                        () -> Tensor.randint(Long.MIN_VALUE, Long.MAX_VALUE, 2));
        table.add("randperm", a -> Tensor.randperm(a.integer(0, "n")))
                .covers("randperm")
                .noGradient(DRAWN)
                .refuses("a negative count", InvalidArgumentException.class, "-1", () -> Tensor.randperm(-1));
    }

    private static void likeAnother(Table table) {
        table.add("rand_like", a -> a.tensor(0, "input").randLike())
                .covers("randLike")
                .noGradient(DRAWN)
                .refuses("integers", DTypeMismatchException.class, "int64", () -> whole().randLike());
        table.add("randn_like", a -> a.tensor(0, "input").randnLike())
                .covers("randnLike")
                .noGradient(DRAWN)
                .refuses("integers", DTypeMismatchException.class, "int64", () -> whole().randnLike());
        table.add("randint_like", a -> a.tensor(0, "input").randintLike(a.integer(1, "low"), a.integer(2, "high")))
                .covers("randintLike")
                .noGradient(DRAWN)
                .refuses("an empty range", InvalidArgumentException.class, "low < high", () -> whole().randintLike(2, 1));
    }

    private static void byValues(Table table) {
        table.add("bernoulli", a -> a.has(1, "p") ? a.tensor(0, "input").bernoulli(a.number(1, "p")) : a.tensor(0, "input").bernoulli())
                .covers("bernoulli")
                .noGradient(DRAWN)
                .refuses("integers as probabilities", DTypeMismatchException.class, "int64", () -> whole().bernoulli())
                .refuses("a probability above 1", InvalidArgumentException.class, "[0, 1]", () -> Tensor.zeros(2).bernoulli(1.5));
        table.add("multinomial", a -> a.tensor(0, "input").multinomial(a.integer(1, "num_samples"), a.flag(2, "replacement", false)))
                .covers("multinomial")
                .noGradient(DRAWN)
                .refuses("three dimensions", ShapeMismatchException.class, "1 or 2", () -> Tensor.ones(2, 2, 2).multinomial(1))
                .refuses("integers", DTypeMismatchException.class, "int64", () -> whole().multinomial(1))
                .refuses("more than there are", InvalidArgumentException.class, "at most 2", () -> Tensor.ones(2).multinomial(3))
                .refuses("a count of 0", InvalidArgumentException.class, ">= 1", () -> Tensor.ones(2).multinomial(0))
                .refuses("a negative weight", InvalidArgumentException.class, "-1.0", () -> Tensor.of(1f, -1f).multinomial(1))
                .refuses("nothing to choose", InvalidArgumentException.class, "above 0", () -> Tensor.zeros(2).multinomial(1));
        table.add("poisson", a -> a.tensor(0, "input").poisson())
                .covers("poisson")
                .noGradient(DRAWN)
                .refuses("integers", DTypeMismatchException.class, "int64", () -> whole().poisson())
                .refuses("a negative rate", InvalidArgumentException.class, "-1.0", () -> Tensor.full(-1, 2).poisson());
    }

    private static void inPlace(Table table) {
        table.add("uniform_", a -> a.tensor(0, "input").uniformAssign(a.number(1, "from"), a.number(2, "to")))
                .covers("uniformAssign")
                .noGradient(DRAWN)
                .refuses("ends in the wrong order", InvalidArgumentException.class, "low <= high", () -> Tensor.zeros(2).uniformAssign(1,
                        0));
        table.add("normal_", a -> a.tensor(0, "input").normalAssign(a.number(1, "mean"), a.number(2, "std")))
                .covers("normalAssign")
                .noGradient(DRAWN)
                .refuses("a negative deviation", InvalidArgumentException.class, ">= 0", () -> Tensor.zeros(2).normalAssign(0, -1));
        table.add("bernoulli_", a -> a.tensor(0, "input").bernoulliAssign(a.number(1, "p")))
                .covers("bernoulliAssign")
                .noGradient(DRAWN)
                .refuses("a negative probability", InvalidArgumentException.class, "[0, 1]", () -> Tensor.zeros(2).bernoulliAssign(-0.1));
        table.add("random_", a -> a.tensor(0, "input").randintAssign(a.integer(1, "from"), a.integer(2, "to")))
                .covers("randintAssign")
                .noGradient(DRAWN)
                .refuses("an empty range", InvalidArgumentException.class, "low < high", () -> Tensor.zeros(2).randintAssign(1, 1));
        table.add("exponential_", a -> a.tensor(0, "input").exponentialAssign(a.number(1, "lambd", 1)))
                .covers("exponentialAssign")
                .noGradient(DRAWN)
                .refuses("a rate of 0", InvalidArgumentException.class, "> 0", () -> Tensor.zeros(2).exponentialAssign(0))
                .refuses("integers", DTypeMismatchException.class, "int64", () -> whole().exponentialAssign(1));
        table.add("geometric_", a -> a.tensor(0, "input").geometricAssign(a.number(1, "p")))
                .covers("geometricAssign")
                .noGradient(DRAWN)
                .refuses("a probability of 0", InvalidArgumentException.class, "(0, 1)", () -> Tensor.zeros(2).geometricAssign(0));
        table.add("cauchy_", a -> a.tensor(0, "input").cauchyAssign(a.number(1, "median", 0), a.number(2, "sigma", 1)))
                .covers("cauchyAssign")
                .noGradient(DRAWN)
                .refuses("a scale of 0", InvalidArgumentException.class, "> 0", () -> Tensor.zeros(2).cauchyAssign(0, 0));
        table.add("log_normal_", a -> a.tensor(0, "input").logNormalAssign(a.number(1, "mean", 1), a.number(2, "std", 2)))
                .covers("logNormalAssign")
                .noGradient(DRAWN)
                .refuses("a deviation of 0", InvalidArgumentException.class, "> 0", () -> Tensor.zeros(2).logNormalAssign(0, 0));
    }
}
