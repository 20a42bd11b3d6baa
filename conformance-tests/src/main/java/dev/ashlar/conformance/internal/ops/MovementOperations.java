// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.ops;

import static dev.ashlar.conformance.internal.ops.Operation.ALL;
import static dev.ashlar.conformance.internal.ops.Operation.NUMBERS;

import dev.ashlar.Index;
import dev.ashlar.Tensor;
import dev.ashlar.type.DTypeMismatchException;
import dev.ashlar.type.InvalidArgumentException;
import dev.ashlar.type.ShapeMismatchException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Other arrangements of the same elements, and reading and writing at indices. */
final class MovementOperations {
    private static final Input MATRIX = Input.of(5, 7);
    private static final Input CUBE = Input.of(3, 4, 5);

    private MovementOperations() {}

    static List<Operation> all() {
        List<Operation.Builder> all = new ArrayList<>();
        shapes(all);
        parts(all);
        joins(all);
        reads(all);
        writes(all);
        return all.stream().map(builder -> builder.smooth().build()).toList();
    }

    private static void shapes(List<Operation.Builder> all) {
        all.add(Operation.of("reshape", in -> in[0].reshape(-1, 6), in -> in[0].reshape(in[0].data().length / 6, 6)).on(Input.of(3, 4, 2))
                .types(ALL).refuses("another number of elements", ShapeMismatchException.class, "[reshape]", new int[] {5}));
        all.add(Operation.of("flatten", in -> in[0].flatten(1), in -> in[0].reshape(3, 20)).on(CUBE).types(ALL));
        all.add(Operation.of("permute", in -> in[0].permute(2, 0, 1), in -> in[0].permute(2, 0, 1)).on(CUBE).types(ALL)
                .edge(Input.of(2, 0, 3))
                .refuses("a dimension twice", in -> in[0].permute(0, 0), InvalidArgumentException.class, "[permute]", new int[] {2, 3}));
        all.add(Operation.of("transpose", in -> in[0].transpose(0, -1), in -> in[0].permute(2, 1, 0)).on(CUBE).types(ALL));
        all.add(Operation.of("t", in -> in[0].t(), in -> in[0].permute(1, 0)).on(MATRIX).types(ALL)
                .refuses("three dimensions", ShapeMismatchException.class, "transpose", new int[] {2, 3, 4}));
        all.add(Operation.of("expand", in -> in[0].expand(4, 3, 5), in -> in[0].expand(4, 3, 5)).on(Input.of(3, 1)).on(Input.of(5))
                .types(ALL).edge(Input.of())
                .refuses("a size that does not repeat", ShapeMismatchException.class, "[expand]", new int[] {2, 5}));
        all.add(Operation.of("squeeze", in -> in[0].squeeze(1), in -> in[0].reshape(3, 4)).on(Input.of(3, 1, 4)).types(ALL));
        all.add(Operation.of("unsqueeze", in -> in[0].unsqueeze(-2), in -> in[0].reshape(5, 1, 7)).on(MATRIX).types(ALL));
        all.add(Operation.of("flip", in -> in[0].flip(0, 2), in -> in[0].select(0, 3, i -> 2 - i).select(2, 5, i -> 4 - i)).on(CUBE)
                .types(ALL));
    }

    private static void parts(List<Operation.Builder> all) {
        all.add(Operation.of("slice", in -> in[0].slice(1, 1, -1, 2), in -> in[0].select(1, 3, i -> 1 + 2 * i)).on(MATRIX).types(ALL)
                .refuses("a step of 0", in -> in[0].slice(0, 0, 1, 0), InvalidArgumentException.class, "use flip", new int[] {3}));
        all.add(Operation.of("slice(nothing)", in -> in[0].slice(0, 2, 2), in -> in[0].select(0, 0, i -> i)).on(MATRIX).types(NUMBERS));
        all.add(Operation.of("narrow", in -> in[0].narrow(0, 2, 3), in -> in[0].select(0, 3, i -> 2 + i)).on(MATRIX).types(ALL)
                .refuses("a part beyond the end", InvalidArgumentException.class, "[narrow]", new int[] {4}));
        all.add(Operation.of("select", in -> in[0].select(1, -2), in -> in[0].select(1, 1, i -> 2).reshape(3, 5)).on(CUBE).types(ALL));
        all.add(Operation.of("pad", in -> in[0].pad(1, 2, 1, 0, 3), in -> Values.fill(new int[] {8, 10}, at ->
                at[0] < 5 && at[1] >= 2 && at[1] < 9 ? in[0].at(at[0], at[1] - 2) : 1)).on(MATRIX).types(ALL));
        all.add(Operation.of("pad(cut)", in -> in[0].pad(0, -1, -2), in -> in[0].select(1, 4, i -> i + 1)).on(MATRIX).types(NUMBERS));
        all.add(Operation.of("unfold", in -> in[0].unfold(0, 3, 2), in -> Values.fill(new int[] {2, 7, 3}, at ->
                in[0].at(2 * at[0] + at[2], at[1]))).on(MATRIX).types(NUMBERS)
                .refuses("windows that do not fit", InvalidArgumentException.class, "[unfold]", new int[] {2, 2}));
        all.add(Operation.of("repeat", in -> in[0].repeat(2, 3), in -> Values.fill(new int[] {10, 21}, at ->
                in[0].at(at[0] % 5, at[1] % 7))).on(MATRIX).types(ALL));
        all.add(Operation.of("split", in -> in[0].split(3, 1).getLast(), in -> in[0].select(1, 1, i -> 6)).on(MATRIX).types(NUMBERS));
        all.add(Operation.of("chunk", in -> in[0].chunk(2, 0).getFirst(), in -> in[0].select(0, 3, i -> i)).on(MATRIX).types(NUMBERS));
    }

    private static void joins(List<Operation.Builder> all) {
        all.add(Operation.of("cat", in -> Tensor.cat(1, in[0], in[1], in[0]), in -> Values.fill(new int[] {5, 17}, at ->
                at[1] < 7 ? in[0].at(at) : at[1] < 10 ? in[1].at(at[0], at[1] - 7) : in[0].at(at[0], at[1] - 10)))
                .on(MATRIX, Input.of(5, 3)).types(ALL)
                .refuses("sizes that differ", in -> Tensor.cat(1, in), ShapeMismatchException.class, "[cat]", new int[] {2, 3},
                        new int[] {3, 3}));
        all.add(Operation.of("stack", in -> Tensor.stack(1, in[0], in[1]), in -> Values.fill(new int[] {5, 2, 7}, at ->
                in[at[1]].at(at[0], at[2]))).on(MATRIX, MATRIX).types(ALL)
                .refuses("shapes that differ", in -> Tensor.stack(0, in), ShapeMismatchException.class, "[stack]", new int[] {2},
                        new int[] {3}));
    }

    private static void reads(List<Operation.Builder> all) {
        all.add(Operation.of("gather", in -> in[0].gather(1, in[1]), in -> Values.fill(in[1].shape(), at ->
                in[0].at(at[0], (int) in[1].at(at)))).on(MATRIX, Input.index(7, 5, 4)).types(ALL)
                .edge(Input.of(3, 4), Input.index(4, 3, 0)).edge(Input.of(1, 1), Input.index(1, 1, 1)));
        all.add(Operation.of("indexSelect", in -> in[0].indexSelect(0, in[1]), in -> in[0].select(0, 9, i -> (int) in[1].data()[i]))
                .on(MATRIX, Input.index(5, 9)).types(ALL));
        all.add(Operation.of("embedding", in -> in[0].embedding(in[1]), in -> Values.fill(new int[] {2, 3, 7}, at ->
                in[0].at((int) in[1].at(at[0], at[1]), at[2]))).on(MATRIX, Input.index(5, 2, 3))
                .refuses("a table that is no matrix", ShapeMismatchException.class, "[embedding]", new int[] {3}, new int[] {2}));
        all.add(Operation.of("get", in -> in[0].get(Index.range(1, 3), Index.newAxis(), Index.at(-1)), in ->
                Values.fill(new int[] {2, 1, 5}, at -> in[0].at(at[0] + 1, 3, at[2]))).on(CUBE).types(ALL));
        all.add(Operation.of("get(tensor)", in -> in[0].get(Index.of(in[1]), Index.range(0, 7, 3)), in ->
                Values.fill(new int[] {4, 3}, at ->
                in[0].at((int) in[1].at(at[0]), 3 * at[1]))).on(MATRIX, Input.index(5, 4)).types(NUMBERS));
        all.add(Operation.of("oneHot", in -> in[1].oneHot(6).mul(in[0].unsqueeze(-1)), in -> Values.fill(new int[] {5, 6}, at ->
                (int) in[1].at(at[0]) == at[1] ? in[0].at(at[0]) : 0)).on(Input.of(5), Input.index(6, 5))
                .refuses("class numbers of float", in -> in[0].oneHot(3), DTypeMismatchException.class, "[oneHot]", new int[] {2}));
    }

    private static void writes(List<Operation.Builder> all) {
        all.add(Operation.of("scatter", in -> in[0].scatter(0, in[1], in[2]), in -> scattered(in, false))
                .on(MATRIX, Input.permutation(5, 4, 3), Input.of(4, 3)).types(ALL)
                .refuses("fewer values than indices", in -> in[0].scatter(0, Tensor.of(new long[4]), in[1]), ShapeMismatchException.class,
                        "[scatter]", new int[] {3}, new int[] {3}));
        all.add(Operation.of("scatterAdd", in -> in[0].scatterAdd(0, in[1], in[2]), in -> scattered(in, true))
                .on(MATRIX, Input.index(5, 9, 7), Input.of(9, 7)).types(NUMBERS).within(10, 20));
        all.add(Operation.of("indexAdd", in -> in[0].indexAdd(0, in[1], in[2]), in -> scattered(new Values[] {in[0],
            Values.fill(in[2].shape(), at -> in[1].at(at[0])), in[2]}, true))
                .on(MATRIX, Input.index(5, 6), Input.of(6, 7)).types(NUMBERS).within(10, 14));
        all.add(Operation.of("insert", in -> in[0].insert(new Index[] {Index.range(1, 5, 2)}, in[1]), in ->
                Values.fill(new int[] {5, 7}, at ->
                at[0] % 2 == 1 ? in[1].at(at[1]) : in[0].at(at))).on(MATRIX, Input.of(7)).types(ALL));
    }

    /** Writes or adds the values, in order, at the indices along the first dimension. */
    private static Values scattered(Values[] in, boolean add) {
        double[] data = in[0].data().clone();
        int columns = in[0].shape()[1];
        int width = in[1].shape()[1];
        IntStream.range(0, in[1].data().length).forEach(i -> {
            int at = (int) in[1].data()[i] * columns + i % width;
            data[at] = (add ? data[at] : 0) + in[2].data()[i];
        });
        return new Values(data, in[0].shape());
    }
}
