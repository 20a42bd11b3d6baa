// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ashlar.Tensor;
import dev.ashlar.type.DType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The arguments of a recorded call. Each is found at its position or under its name, whichever was given; an argument that was not
 * given, and one that is null, count as absent.
 */
public final class Arguments {
    private final JsonNode positional;
    private final JsonNode named;
    private final Function<String, Tensor> tensors;

    /** @param tensors returns the tensor of a name, the same one for the same name */
    public Arguments(JsonNode positional, JsonNode named, Function<String, Tensor> tensors) {
        this.positional = positional;
        this.named = named;
        this.tensors = tensors;
    }

    /** Returns the JSON of an argument, or null if it is absent. */
    public @Nullable JsonNode json(int position, String name) {
        JsonNode node = named.get(name);
        if (node == null && position >= 0) {
            node = positional.get(position);
        }
        return node == null || node.isNull() ? null : node;
    }

    private JsonNode required(int position, String name) {
        JsonNode node = json(position, name);
        if (node == null) {
            throw new IllegalArgumentException("[vectors] expected an argument '" + name + "' at position " + position + ", got "
                    + positional + " " + named + "; is the entry of the table right?");
        }
        return node;
    }

    /** Returns the number of positional arguments. */
    public int count() {
        return positional.size();
    }

    /** Returns whether the argument was given and is not null. */
    public boolean has(int position, String name) {
        return json(position, name) != null;
    }

    /** Returns whether the argument was given as null, where that means something else than its absence. */
    public boolean isNull(int position, String name) {
        JsonNode node = named.has(name) ? named.get(name) : positional.path(position);
        return node.isNull();
    }

    /** Returns whether the argument is a tensor, and not a number. */
    public boolean isTensor(int position, String name) {
        JsonNode node = json(position, name);
        return node != null && node.has("tensor");
    }

    public Tensor tensor(int position, String name) {
        return tensor(required(position, name));
    }

    /** Returns the tensor that an item of a list stands for. */
    public Tensor tensor(JsonNode node) {
        JsonNode name = node.get("tensor");
        if (name == null) {
            throw new IllegalArgumentException("[vectors] expected a tensor, got " + node + "; is the entry of the table right?");
        }
        return tensors.apply(name.asText());
    }

    public @Nullable Tensor tensorOrNull(int position, String name) {
        return has(position, name) ? tensor(position, name) : null;
    }

    /** Returns a list of tensors. */
    public Tensor[] tensors(int position, String name) {
        List<Tensor> list = new ArrayList<>();
        for (JsonNode node : required(position, name)) {
            list.add(tensor(node));
        }
        return list.toArray(Tensor[]::new);
    }

    /** Returns all tensors among the positional arguments from a position on. */
    public Tensor[] tensorsFrom(int position) {
        List<Tensor> list = new ArrayList<>();
        for (int i = position; i < positional.size(); i++) {
            list.add(tensor(positional.get(i)));
        }
        return list.toArray(Tensor[]::new);
    }

    public long integer(int position, String name) {
        return required(position, name).asLong();
    }

    public long integer(int position, String name, long absent) {
        return has(position, name) ? integer(position, name) : absent;
    }

    /** Returns a whole number as an int: dimensions. */
    public int dim(int position, String name) {
        return Math.toIntExact(integer(position, name));
    }

    public int dim(int position, String name, int absent) {
        return has(position, name) ? dim(position, name) : absent;
    }

    /** Returns whether the argument is a number without a fraction in the file: the result's type may depend on it. */
    public boolean isInteger(int position, String name) {
        JsonNode node = json(position, name);
        return node != null && node.isIntegralNumber();
    }

    public boolean isNumber(int position, String name) {
        JsonNode node = json(position, name);
        return node != null && (node.isNumber() || node.has("float"));
    }

    public double number(int position, String name) {
        return number(required(position, name));
    }

    /** Reads a number, infinities and NaN among them; a bool is 0 or 1. */
    public static double number(JsonNode node) {
        if (node.has("float")) {
            return switch (node.get("float").asText()) {
                case "inf" -> Double.POSITIVE_INFINITY;
                case "-inf" -> Double.NEGATIVE_INFINITY;
                default -> Double.NaN;
            };
        }
        return node.isBoolean() ? (node.asBoolean() ? 1 : 0) : node.asDouble();
    }

    public double number(int position, String name, double absent) {
        return has(position, name) ? number(position, name) : absent;
    }

    public @Nullable Double numberOrNull(int position, String name) {
        return has(position, name) ? number(position, name) : null;
    }

    public boolean flag(int position, String name, boolean absent) {
        return has(position, name) ? required(position, name).asBoolean() : absent;
    }

    public boolean isFlag(int position, String name) {
        JsonNode node = json(position, name);
        return node != null && node.isBoolean();
    }

    public String text(int position, String name) {
        return required(position, name).asText();
    }

    public String text(int position, String name, String absent) {
        return has(position, name) ? text(position, name) : absent;
    }

    public boolean isText(int position, String name) {
        JsonNode node = json(position, name);
        return node != null && node.isTextual();
    }

    public boolean isList(int position, String name) {
        JsonNode node = json(position, name);
        return node != null && node.isArray();
    }

    /** Returns whole numbers; a single one counts as a list of one. */
    public long[] integers(int position, String name) {
        JsonNode node = required(position, name);
        if (!node.isArray()) {
            return new long[] {node.asLong()};
        }
        long[] values = new long[node.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = node.get(i).asLong();
        }
        return values;
    }

    public long @Nullable [] integersOrNull(int position, String name) {
        return has(position, name) ? integers(position, name) : null;
    }

    /** Returns all positional arguments from a position on as whole numbers; a list there is taken apart: sizes, dimensions. */
    public long[] integersFrom(int position) {
        List<Long> values = new ArrayList<>();
        for (int i = position; i < positional.size(); i++) {
            JsonNode node = positional.get(i);
            if (node.isArray()) {
                node.forEach(item -> values.add(item.asLong()));
            } else {
                values.add(node.asLong());
            }
        }
        return values.stream().mapToLong(Long::longValue).toArray();
    }

    /** Returns whole numbers as ints: dimensions. */
    public int[] dims(int position, String name) {
        long[] values = integers(position, name);
        int[] dims = new int[values.length];
        for (int i = 0; i < dims.length; i++) {
            dims[i] = Math.toIntExact(values[i]);
        }
        return dims;
    }

    public int @Nullable [] dimsOrNull(int position, String name) {
        return has(position, name) ? dims(position, name) : null;
    }

    /** Returns numbers; a single one counts as a list of one. */
    public double[] numbers(int position, String name) {
        JsonNode node = required(position, name);
        if (!node.isArray()) {
            return new double[] {number(node)};
        }
        double[] values = new double[node.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = number(node.get(i));
        }
        return values;
    }

    public boolean isType(int position, String name) {
        JsonNode node = json(position, name);
        return node != null && node.has("dtype");
    }

    public DType type(int position, String name) {
        return DType.of(required(position, name).get("dtype").asText());
    }

    public @Nullable DType typeOrNull(int position, String name) {
        return has(position, name) ? type(position, name) : null;
    }

    @Override
    public String toString() {
        return positional + " " + named;
    }
}
