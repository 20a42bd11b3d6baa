// SPDX-License-Identifier: Apache-2.0
package dev.ashlar;

import dev.ashlar.internal.tensor.Indexed;
import dev.ashlar.internal.tensor.Primitives;
import dev.ashlar.type.DType;
import dev.ashlar.type.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Positions in tensors for some dimensions of a tensor: they broadcast, and pick element by element. Where the result has their common
 * dimensions follows PyTorch: in place of the picked ones if these are neighbours, else first; a zero-dimensional tensor of positions
 * takes its dimension away before that is decided.
 */
final class Picks {
    /** @param checked whether all positions are known to be in range and count from the front */
    private record Pick(int dim, Tensor positions, long size, boolean checked) {
        Tensor fromFront() {
            return checked ? positions : Indexed.fromFront(positions, size);
        }
    }

    private final String operation;
    private final List<Pick> list = new ArrayList<>();

    /** @param operation what errors name */
    Picks(String operation) {
        this.operation = operation;
    }

    /**
     * Adds positions for a dimension; they count from the end if they are negative.
     *
     * @param checked whether all are known to be in range and not negative
     */
    void add(int dim, Tensor positions, long size, boolean checked) {
        list.add(new Pick(dim, positions, size, checked));
    }

    boolean isEmpty() {
        return list.isEmpty();
    }

    private boolean isPicked(int dim) {
        return list.stream().anyMatch(pick -> pick.dim == dim);
    }

    private Shape common() {
        Shape common = Shape.of();
        for (Pick pick : list) {
            common = Shape.broadcast(operation, common, pick.positions.shape());
        }
        return common;
    }

    /** Returns how many dimensions that are not picked stand before the common ones in the result. */
    private int place() {
        int first = -1;
        int last = -1;
        for (Pick pick : list) {
            if (pick.positions.dim() > 0) {
                first = first < 0 ? pick.dim : first;
                last = pick.dim;
            }
        }
        int start = first;
        if (start < 0 || IntStream.range(start, last).anyMatch(dim -> !isPicked(dim))) {
            return 0;
        }
        return (int) IntStream.range(0, start).filter(dim -> !isPicked(dim)).count();
    }

    /** Returns whether the picked dimensions are neighbours, so that they can be merged where they are. */
    private boolean areNeighbours() {
        return list.getLast().dim - list.getFirst().dim == list.size() - 1;
    }

    /** Returns the order of dimensions in which the picked ones are neighbours. */
    private int[] order(int rank) {
        if (areNeighbours()) {
            return IntStream.range(0, rank).toArray();
        }
        return IntStream.concat(
                        list.stream().mapToInt(Pick::dim),
                        IntStream.range(0, rank).filter(dim -> !isPicked(dim)))
                .toArray();
    }

    private static int[] inverse(int[] order) {
        int[] inverse = new int[order.length];
        for (int i = 0; i < order.length; i++) {
            inverse[order[i]] = i;
        }
        return inverse;
    }

    /** Returns how many dimensions stand before the picked ones when these are neighbours. */
    private int lead() {
        return areNeighbours() ? list.getFirst().dim : 0;
    }

    /** Returns where each dimension of the result comes from: a result is first formed with the common dimensions behind the leading. */
    private int[] arrangement(int rest) {
        int width = common().rank();
        int lead = lead();
        int place = place();
        int[] others = IntStream.concat(IntStream.range(0, lead), IntStream.range(lead + width, width + rest)).toArray();
        return IntStream.concat(
                        IntStream.concat(Arrays.stream(others, 0, place), IntStream.range(lead, lead + width)),
                        Arrays.stream(others, place, rest))
                .toArray();
    }

    /** Returns the sizes of a result as it is first formed. */
    private long[] formed(long[] sizes) {
        int lead = lead();
        long[] rest = IntStream.range(0, sizes.length).filter(dim -> !isPicked(dim)).mapToLong(dim -> sizes[dim]).toArray();
        return LongStream.concat(
                        LongStream.concat(Arrays.stream(rest, 0, lead), Arrays.stream(common().toArray())),
                        Arrays.stream(rest, lead, rest.length))
                .toArray();
    }

    /** Returns the shape of what is picked from a tensor of the given sizes. */
    Shape result(long[] sizes) {
        long[] formed = formed(sizes);
        return Shape.of(Arrays.stream(arrangement(sizes.length - list.size())).mapToLong(dim -> formed[dim]).toArray());
    }

    /** Returns positions in the merged picked dimensions, as a vector. */
    private Tensor merged(Tensor like) {
        if (list.size() == 1) {
            return list.getFirst().fromFront().flatten();
        }
        Tensor merged = null;
        Tensor inside = null;
        long total = 1;
        for (Pick pick : list) {
            Tensor position = pick.fromFront().to(DType.INT64);
            merged = merged == null ? position : merged.mul(Primitives.scalarOf(like, pick.size, DType.INT64)).add(position);
            total *= pick.size;
            if (!pick.checked) {
                Tensor fits = position.ge(0).logicalAnd(position.lt(pick.size));
                inside = inside == null ? fits : inside.logicalAnd(fits);
            }
        }
        if (inside != null) {
            // A position out of range in one dimension must not become a valid one of the whole.
            merged = inside.where(merged, Primitives.scalarOf(like, total, DType.INT64));
        }
        return merged.expand(common().toArray()).flatten();
    }

    /** Returns a tensor with the picked dimensions merged into the middle one of three. */
    private Tensor merge(Tensor x, int[] order) {
        long[] sizes = x.shape().toArray();
        int lead = lead();
        long before = Arrays.stream(order, 0, lead).mapToLong(dim -> sizes[dim]).reduce(1, (a, b) -> a * b);
        long picked = list.stream().mapToLong(pick -> pick.size).reduce(1, (a, b) -> a * b);
        long behind = Arrays.stream(order, lead + list.size(), sizes.length).mapToLong(dim -> sizes[dim]).reduce(1, (a, b) -> a * b);
        return (areNeighbours() ? x : x.permute(order)).reshape(before, picked, behind);
    }

    /** Returns what is picked. */
    Tensor read(Tensor x) {
        Tensor merged = merge(x, order(x.dim()));
        Tensor picked = Indexed.read(operation, merged, 1, Indexed.spread(merged.shape(), 1, merged(x)));
        return picked.reshape(formed(x.shape().toArray())).permute(arrangement(x.dim() - list.size()));
    }

    /** Returns {@code x} with values of the result's shape written to the picked places, or added there. */
    Tensor write(Tensor x, Tensor values, boolean accumulate) {
        int[] order = order(x.dim());
        Tensor merged = merge(x, order);
        Tensor index = Indexed.spread(merged.shape(), 1, merged(x));
        Tensor given = values.permute(inverse(arrangement(x.dim() - list.size()))).reshape(index.shape().toArray());
        Tensor changed = accumulate
                ? Indexed.add(operation, merged, 1, index, given)
                : Indexed.write(operation, merged, 1, index, given);
        long[] sizes = Arrays.stream(order).mapToLong(x::size).toArray();
        Tensor unmerged = changed.reshape(sizes);
        return areNeighbours() ? unmerged : unmerged.permute(inverse(order));
    }
}
