// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.vectors;

import dev.ashlar.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** How one recorded operation is called here: the conformance record of the methods that it covers. */
public final class Entry {
    private final String operation;
    private final Call call;
    private final Set<String> methods = new LinkedHashSet<>();
    private final List<Misuse> misuses = new ArrayList<>();
    private final List<Skip> skips = new ArrayList<>();
    private @Nullable String noGradient;
    private @Nullable String onceDifferentiable;
    private ToIntFunction<Arguments> pointing = arguments -> arguments.dim(1, "dim", -1);
    private @Nullable Function<Arguments, Double> length;

    /** The call; returns a tensor, a list or an array of tensors, or a Boolean. A result that is null is left out. */
    @FunctionalInterface
    public interface Call {
        @Nullable Object on(Arguments arguments);
    }

    /** A call with bad arguments, made on the device under test, and what its message contains. */
    public record Misuse(String what, Supplier<?> call, Class<? extends Exception> exception, String message) {}

    /** Recorded calls that are not played back, and why. */
    public record Skip(Function<Arguments, Boolean> when, String reason) {}

    Entry(String operation, Call call) {
        this.operation = operation;
        this.call = call;
    }

    /** Names the public methods that this record covers, without parameters: {@code "addmm"}. */
    public Entry covers(String... names) {
        methods.addAll(List.of(names));
        return this;
    }

    /** Says why there is no gradient; without this, results of float64 must have one. */
    public Entry noGradient(String reason) {
        noGradient = reason;
        return this;
    }

    /** Says why gradients cannot be differentiated again; without this, they are tested. */
    public Entry onceDifferentiable(String reason) {
        onceDifferentiable = reason;
        return this;
    }

    /** Says along which dimension results that are "unspecified" indices point; without this, argument 1, "dim", or the last. */
    public Entry pointing(ToIntFunction<Arguments> dim) {
        pointing = dim;
        return this;
    }

    /** Widens the tolerance by the square root of the number of terms that are summed or multiplied. */
    public Entry sums(Function<Arguments, Double> terms) {
        length = terms;
        return this;
    }

    /**
     * Adds a call that must be refused at once.
     *
     * @param what is wrong
     * @param exception its type
     * @param message a part of its message, which must have the four parts: [operation] expected ..., got ...; what to do
     */
    public Entry refuses(String what, Class<? extends Exception> exception, String message, Supplier<?> bad) {
        misuses.add(new Misuse(what, bad, exception, message));
        return this;
    }

    /** Leaves recorded calls out, with the reason for the report. */
    public Entry notApplicable(Function<Arguments, Boolean> when, String reason) {
        skips.add(new Skip(when, reason));
        return this;
    }

    public String operation() {
        return operation;
    }

    public Set<String> methods() {
        return methods;
    }

    public List<Misuse> misuses() {
        return misuses;
    }

    public @Nullable String noGradient() {
        return noGradient;
    }

    @Nullable String onceDifferentiable() {
        return onceDifferentiable;
    }

    int pointing(Arguments arguments) {
        return pointing.applyAsInt(arguments);
    }

    /** Returns the factor on the tolerance. */
    double widening(Arguments arguments) {
        return length == null ? 1 : Math.sqrt(Math.max(1, length.apply(arguments)));
    }

    boolean widens() {
        return length != null;
    }

    /** Returns why a call is left out, or null. */
    @Nullable String skipped(Arguments arguments) {
        for (Skip skip : skips) {
            if (skip.when().apply(arguments)) {
                return skip.reason();
            }
        }
        return null;
    }

    /** Makes the call; returns its results in order. */
    List<Tensor> results(Arguments arguments) {
        Object result = call.on(arguments);
        List<Tensor> list = new ArrayList<>();
        switch (result) {
            case null -> {}
            case Tensor tensor -> list.add(tensor);
            case Tensor[] array -> list.addAll(List.of(array));
            case Boolean truth -> list.add(Tensor.of(new boolean[] {truth}).reshape());
            case List<?> several -> {
                for (Object item : several) {
                    if (item instanceof Tensor tensor) {
                        list.add(tensor);
                    } else if (item != null) {
                        throw new IllegalArgumentException("[vectors] expected tensors as results of " + operation + ", got " + item);
                    }
                }
            }
            default -> throw new IllegalArgumentException("[vectors] expected a tensor as the result of " + operation + ", got " + result);
        }
        return list;
    }
}
