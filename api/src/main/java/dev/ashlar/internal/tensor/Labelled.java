// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.internal.tensor;

import dev.ashlar.Tensor;
import dev.ashlar.type.DType;
import dev.ashlar.type.ShapeMismatchException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** A tensor whose dimensions have names, which are numbers: dimensions of one name are multiplied together. */
record Labelled(Tensor tensor, List<Integer> labels) {

    /** Returns a tensor with named dimensions; of dimensions that share a name the diagonal is taken. */
    static Labelled of(String name, Tensor tensor, List<Integer> labels) {
        List<Integer> left = new ArrayList<>(labels);
        Tensor result = tensor;
        for (int i = 0; i < left.size(); i++) {
            int twin = left.subList(i + 1, left.size()).indexOf(left.get(i));
            if (twin >= 0) {
                int other = i + 1 + twin;
                if (result.size(i) != result.size(other)) {
                    throw new ShapeMismatchException("[" + name + "] expected one size for a letter that occurs twice in a term, got shape "
                            + tensor.shape() + "; give the dimensions different letters");
                }
                result = Diagonals.diagonal(name, result, 0, i, other);
                left.add(left.get(i));
                left.remove(other);
                left.remove(i);
                i--;
            }
        }
        return new Labelled(result, left);
    }

    /** Throws unless dimensions of one name have one size, or size 1. */
    static void checkSizes(String name, List<Labelled> operands) {
        Map<Integer, Long> sizes = new HashMap<>();
        for (Labelled operand : operands) {
            for (int i = 0; i < operand.labels.size(); i++) {
                long size = operand.tensor.size(i);
                long before = sizes.merge(operand.labels.get(i), size, (a, b) -> a == 1 ? b : a);
                if (size != 1 && before != size) {
                    throw new ShapeMismatchException("[" + name + "] expected one size, or 1, for each letter, got "
                            + operands.stream().map(o -> o.tensor.shape().toString()).toList() + "; sizes " + before + " and " + size
                            + " have the same letter");
                }
            }
        }
    }

    private long size(int label) {
        return tensor.size(labels.indexOf(label));
    }

    /** Returns the tensor in a type, with the same names. */
    Labelled to(DType type) {
        return new Labelled(tensor.to(type), labels);
    }

    /** Sums over the dimensions whose names are not kept. */
    Labelled summed(Predicate<Integer> kept) {
        List<Integer> left = labels.stream().filter(kept).toList();
        if (left.size() == labels.size()) {
            return this;
        }
        int[] dims = IntStream.range(0, labels.size()).filter(i -> !kept.test(labels.get(i))).toArray();
        boolean single = Arrays.stream(dims).allMatch(i -> tensor.size(i) == 1);
        Tensor sum = single ? tensor.reshape(left.stream().mapToLong(this::size).toArray()) : tensor.sum(dims, false).to(tensor.dtype());
        return new Labelled(sum, left);
    }

    /** Returns the tensor with its dimensions in the order of the names, of which it may lack some: they get size 1. */
    private Tensor spread(List<Integer> order) {
        List<Integer> own = order.stream().filter(labels::contains).toList();
        Tensor permuted = tensor.permute(own.stream().mapToInt(labels::indexOf).toArray());
        long[] sizes = order.stream().mapToLong(label -> labels.contains(label) ? size(label) : 1).toArray();
        return permuted.reshape(sizes);
    }

    /** Returns the tensor with its dimensions in the order of the names; what has none of them is summed. */
    Tensor arranged(List<Integer> order) {
        return summed(order::contains).spread(order);
    }

    /** Multiplies, and sums over what both have and is not needed any more. */
    Labelled times(String name, Labelled other, Set<Integer> needed) {
        Predicate<Integer> kept = label -> needed.contains(label)
                || labels.contains(label) && other.labels.contains(label) && size(label) != 1 && other.size(label) != 1;
        Labelled a = summed(kept).without(other);
        Labelled b = other.summed(kept).without(a);
        List<Integer> batch = new ArrayList<>();
        List<Integer> rows = new ArrayList<>();
        List<Integer> columns = new ArrayList<>();
        List<Integer> sum = new ArrayList<>();
        for (int label : a.labels) {
            (!b.labels.contains(label) ? rows : needed.contains(label) ? batch : sum).add(label);
        }
        for (int label : b.labels) {
            if (!a.labels.contains(label)) {
                columns.add(label);
            }
        }
        List<Integer> result = concat(batch, rows, columns);
        if (sum.isEmpty()) {
            return new Labelled(a.spread(result).mul(b.spread(result)), result);
        }
        Tensor left = a.spread(concat(batch, rows, sum));
        Tensor right = b.spread(concat(batch, sum, columns));
        Tensor first = rows.isEmpty() ? left.unsqueeze(batch.size()) : left;
        Tensor second = columns.isEmpty() ? right.unsqueeze(-1) : right;
        Tensor product = Products.contract(
                name, first, second, batch.size(), Math.max(1, rows.size()), Math.max(1, columns.size()), sum.size());
        product = columns.isEmpty() ? product.squeeze(-1) : product;
        return new Labelled(rows.isEmpty() ? product.squeeze(batch.size()) : product, result);
    }

    /** Drops dimensions of size 1 that the other has in another size. */
    private Labelled without(Labelled other) {
        List<Integer> left = labels.stream().filter(label -> !other.labels.contains(label) || size(label) != 1 || other.size(label) == 1)
                .toList();
        return left.size() == labels.size() ? this
                : new Labelled(tensor.reshape(left.stream().mapToLong(this::size).toArray()), left);
    }

    @SafeVarargs
    private static List<Integer> concat(List<Integer>... lists) {
        List<Integer> all = new ArrayList<>();
        for (List<Integer> list : lists) {
            all.addAll(list);
        }
        return all;
    }
}
