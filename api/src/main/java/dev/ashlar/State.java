// SPDX-License-Identifier: Apache-2.0
package dev.ashlar;

import dev.ashlar.type.InvalidArgumentException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link Stateful} remembers, as tensors, numbers and texts with names.
 *
 * <pre>{@code
 * return State.of("StepLR").with("last_epoch", lastEpoch).with("gamma", gamma);
 * }</pre>
 *
 * <p>Numbers are doubles; whole ones beyond 2^53, a seed for example, are texts. A state within a state has its names behind a prefix
 * and a dot, see {@link #with(String, State)}.
 *
 * @param kind what it is the state of, for example {@code Adam}
 * @param tensors tensors by name
 * @param numbers numbers by name
 * @param texts texts by name
 */
public record State(String kind, Map<String, Tensor> tensors, Map<String, Double> numbers, Map<String, String> texts) {
    private static final String KIND = "kind";

    public State {
        tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
        numbers = Collections.unmodifiableMap(new LinkedHashMap<>(numbers));
        texts = Collections.unmodifiableMap(new LinkedHashMap<>(texts));
    }

    // ---- making -----------------------------------------------------------------------------------------------------------------

    /** Returns a state with nothing in it. */
    public static State of(String kind) {
        return new State(kind, Map.of(), Map.of(), Map.of());
    }

    /** Returns this state with a number more. */
    public State with(String name, double number) {
        Map<String, Double> more = new LinkedHashMap<>(numbers);
        more.put(name, number);
        return new State(kind, tensors, more, texts);
    }

    /** Returns this state with a number for each element, named {@code name.0}, {@code name.1} and so on. */
    public State with(String name, double[] values) {
        Map<String, Double> more = new LinkedHashMap<>(numbers);
        for (int i = 0; i < values.length; i++) {
            more.put(name + "." + i, values[i]);
        }
        return new State(kind, tensors, more, texts);
    }

    /** Returns this state with a text more. */
    public State with(String name, String text) {
        Map<String, String> more = new LinkedHashMap<>(texts);
        more.put(name, text);
        return new State(kind, tensors, numbers, more);
    }

    /** Returns this state with a tensor more; it must not change later, so clone what is changed in place. */
    public State with(String name, Tensor tensor) {
        Map<String, Tensor> more = new LinkedHashMap<>(tensors);
        more.put(name, tensor);
        return new State(kind, more, numbers, texts);
    }

    /** Returns this state with all of another one, whose names get the prefix and a dot; {@link #part} takes it out again. */
    public State with(String prefix, State inner) {
        return new State(
                kind, merged(tensors, prefix, inner.tensors), merged(numbers, prefix, inner.numbers),
                merged(texts, prefix, inner.texts)).with(prefix + "." + KIND, inner.kind);
    }

    private static <V> Map<String, V> merged(Map<String, V> outer, String prefix, Map<String, V> inner) {
        Map<String, V> more = new LinkedHashMap<>(outer);
        inner.forEach((name, value) -> more.put(prefix + "." + name, value));
        return more;
    }

    // ---- reading ----------------------------------------------------------------------------------------------------------------

    /** Returns the state that was added with the prefix. */
    public State part(String prefix) {
        Map<String, String> inner = taken(texts, prefix);
        String innerKind = found(inner.remove(KIND), prefix + "." + KIND);
        return new State(innerKind, taken(tensors, prefix), taken(numbers, prefix), inner);
    }

    private static <V> Map<String, V> taken(Map<String, V> values, String prefix) {
        Map<String, V> inner = new LinkedHashMap<>();
        values.forEach((name, value) -> {
            if (name.startsWith(prefix + ".")) {
                inner.put(name.substring(prefix.length() + 1), value);
            }
        });
        return inner;
    }

    /**
     * Returns a number.
     *
     * @throws InvalidArgumentException if there is none with the name
     */
    public double number(String name) {
        return found(numbers.get(name), name);
    }

    /**
     * Returns a number that is whole.
     *
     * @throws InvalidArgumentException if there is none with the name, or it is not whole
     */
    public long whole(String name) {
        double value = number(name);
        if (value != Math.rint(value) || Math.abs(value) > 1L << 53) {
            throw new InvalidArgumentException("[loadState] expected a whole number " + name + " in the state of " + kind + ", got "
                    + value);
        }
        return (long) value;
    }

    /** Returns the numbers that {@link #with(String, double[])} added. */
    public double[] numbers(String name) {
        int count = 0;
        while (numbers.containsKey(name + "." + count)) {
            count++;
        }
        double[] values = new double[count];
        for (int i = 0; i < count; i++) {
            values[i] = number(name + "." + i);
        }
        return values;
    }

    /**
     * Returns a text.
     *
     * @throws InvalidArgumentException if there is none with the name
     */
    public String text(String name) {
        return found(texts.get(name), name);
    }

    /**
     * Returns a tensor.
     *
     * @throws InvalidArgumentException if there is none with the name
     */
    public Tensor tensor(String name) {
        return found(tensors.get(name), name);
    }

    private <V> V found(@Nullable V value, String name) {
        if (value == null) {
            throw new InvalidArgumentException("[loadState] expected '" + name + "' in the state of " + kind + ", there is none; load what"
                    + " state() of such an object returned");
        }
        return value;
    }

    /**
     * Returns this.
     *
     * @throws InvalidArgumentException if it is the state of something else
     */
    public State expect(String expectedKind) {
        if (!kind.equals(expectedKind)) {
            throw new InvalidArgumentException("[loadState] expected the state of " + expectedKind + ", got that of " + kind
                    + "; create what it was saved from");
        }
        return this;
    }
}
