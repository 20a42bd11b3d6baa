// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.vectors.tables;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ashlar.Index;
import dev.ashlar.ScatterReduction;
import dev.ashlar.Tensor;
import dev.ashlar.conformance.internal.vectors.Arguments;
import dev.ashlar.conformance.internal.vectors.Table;
import dev.ashlar.type.DType;
import dev.ashlar.type.DTypeMismatchException;
import dev.ashlar.type.IndexOutOfRangeException;
import dev.ashlar.type.InvalidArgumentException;
import dev.ashlar.type.ShapeMismatchException;
import dev.ashlar.type.TensorClosedException;
import java.util.ArrayList;
import java.util.List;

/** The calls of the group indexing. */
public final class Indexing {
    private static final String WHOLE = "positions are whole numbers, which no gradient flows to";

    private Indexing() {}

    public static void addTo(Table table) {
        elements(table);
        slices(table);
        rowMajor(table);
        masks(table);
        brackets(table);
    }

    private static Tensor at(long... positions) {
        return Tensor.of(positions);
    }

    private static Tensor ones(long... sizes) {
        return Tensor.ones(sizes);
    }

    private static ScatterReduction reduction(String name) {
        return switch (name) {
            case "sum", "add" -> ScatterReduction.SUM;
            case "prod", "multiply" -> ScatterReduction.PROD;
            case "mean" -> ScatterReduction.MEAN;
            case "amax" -> ScatterReduction.AMAX;
            case "amin" -> ScatterReduction.AMIN;
            default -> throw new IllegalArgumentException(name);
        };
    }

    private static void elements(Table table) {
        table.add("gather", a -> a.tensor(0, "input").gather(a.dim(1, "dim"), a.tensor(2, "index")))
                .covers("gather")
                .refuses("an index of fewer dimensions", ShapeMismatchException.class, "[2]", () -> ones(2, 3).gather(0, at(0, 1)))
                .refuses("an index of floats", DTypeMismatchException.class, "int64", () -> ones(2).gather(0, ones(2)));
        table.add("take_along_dim", a -> a.has(2, "dim")
                        ? a.tensor(0, "input").takeAlongDim(a.tensor(1, "indices"), a.dim(2, "dim"))
                        : a.tensor(0, "input").takeAlongDim(a.tensor(1, "indices")))
                .covers("takeAlongDim")
                .refuses("fewer dimensions", ShapeMismatchException.class, "[2]", () -> ones(2, 3).takeAlongDim(at(0, 1), 0))
                .refuses("sizes that differ", ShapeMismatchException.class, "broadcast",
                        () -> ones(2, 3).takeAlongDim(at(0, 1).reshape(1, 2), 0));
        table.add("scatter", a -> {
            Tensor x = a.tensor(0, "input");
            int dim = a.dim(1, "dim");
            Tensor index = a.tensor(2, "index");
            String name = a.has(-1, "value") ? "value" : "src";
            if (a.has(4, "reduce")) {
                ScatterReduction reduce = reduction(a.text(4, "reduce"));
                return a.isTensor(3, name)
                        ? x.scatter(dim, index, a.tensor(3, name), reduce)
                        : x.scatter(dim, index, a.number(3, name), reduce);
            }
            return a.isTensor(3, name) ? x.scatter(dim, index, a.tensor(3, name)) : x.scatter(dim, index, a.number(3, name));
        })
                .covers("scatter")
                .refuses("too few values", ShapeMismatchException.class, "[1]", () -> ones(3).scatter(0, at(0, 1), ones(1)))
                .refuses("values of another type", DTypeMismatchException.class, "float32", () -> ones(3).scatter(0, at(0), at(1)))
                .refuses("an index of fewer dimensions", ShapeMismatchException.class, "[1]", () -> ones(2, 3).scatter(0, at(0), 1));
        table.add("scatter_add", a -> a.tensor(0, "input").scatterAdd(a.dim(1, "dim"), a.tensor(2, "index"), a.tensor(3, "src")))
                .covers("scatterAdd")
                .refuses("too few values", ShapeMismatchException.class, "[1]", () -> ones(3).scatterAdd(0, at(0, 1), ones(1)));
        table.add("scatter_reduce", a -> a.has(5, "include_self")
                        ? a.tensor(0, "input").scatterReduce(a.dim(1, "dim"), a.tensor(2, "index"), a.tensor(3, "src"),
                                reduction(a.text(4, "reduce")), a.flag(5, "include_self", true))
                        : a.tensor(0, "input").scatterReduce(a.dim(1, "dim"), a.tensor(2, "index"), a.tensor(3, "src"),
                                reduction(a.text(4, "reduce"))))
                .covers("scatterReduce")
                .refuses("too few values", ShapeMismatchException.class, "[1]",
                        () -> ones(3).scatterReduce(0, at(0, 1), ones(1), ScatterReduction.PROD))
                .refuses("no such dimension", InvalidArgumentException.class, "got 1",
                        () -> ones(3).scatterReduce(1, at(0), ones(1), ScatterReduction.PROD));
    }

    private static void slices(Table table) {
        table.add("index_select", a -> a.tensor(0, "input").indexSelect(a.dim(1, "dim"), a.tensor(2, "index")))
                .covers("indexSelect")
                .refuses("a matrix of indices", ShapeMismatchException.class, "a vector", () -> ones(3).indexSelect(0, at(0).reshape(1, 1)))
                .refuses("indices of floats", DTypeMismatchException.class, "int64", () -> ones(3).indexSelect(0, ones(1)));
        table.add("index_add", a -> a.has(4, "alpha")
                        ? a.tensor(0, "input").indexAdd(a.dim(1, "dim"), a.tensor(2, "index"), a.tensor(3, "source"), a.number(4, "alpha"))
                        : a.tensor(0, "input").indexAdd(a.dim(1, "dim"), a.tensor(2, "index"), a.tensor(3, "source")))
                .covers("indexAdd")
                .refuses("too few slices", ShapeMismatchException.class, "[2, 3]", () -> ones(2, 3).indexAdd(0, at(0, 1), ones(1, 3)))
                .refuses("slices of another type", DTypeMismatchException.class, "float32", () -> ones(3).indexAdd(0, at(0), at(1)));
        table.add("index_copy", a -> a.tensor(0, "input").indexCopy(a.dim(1, "dim"), a.tensor(2, "index"), a.tensor(3, "source")))
                .covers("indexCopy")
                .refuses("too few slices", ShapeMismatchException.class, "[2, 3]", () -> ones(2, 3).indexCopy(0, at(0, 1), ones(1, 3)));
        table.add("index_fill", a -> a.isTensor(3, "value")
                        ? a.tensor(0, "input").indexFill(a.dim(1, "dim"), a.tensor(2, "index"), a.tensor(3, "value"))
                        : a.tensor(0, "input").indexFill(a.dim(1, "dim"), a.tensor(2, "index"), a.number(3, "value")))
                .covers("indexFill")
                .refuses("several values", ShapeMismatchException.class, "zero-dimensional", () -> ones(3).indexFill(0, at(0), ones(1)));
        table.add("index_reduce", a -> a.has(5, "include_self")
                        ? a.tensor(0, "input").indexReduce(a.dim(1, "dim"), a.tensor(2, "index"), a.tensor(3, "source"),
                                reduction(a.text(4, "reduce")), a.flag(5, "include_self", true))
                        : a.tensor(0, "input").indexReduce(a.dim(1, "dim"), a.tensor(2, "index"), a.tensor(3, "source"),
                                reduction(a.text(4, "reduce"))))
                .covers("indexReduce")
                .refuses("too few slices", ShapeMismatchException.class, "[2, 3]",
                        () -> ones(2, 3).indexReduce(0, at(0, 1), ones(1, 3), ScatterReduction.AMAX));
    }

    private static void rowMajor(Table table) {
        table.add("take", a -> a.tensor(0, "input").take(a.tensor(1, "index")))
                .covers("take")
                .refuses("an empty tensor", IndexOutOfRangeException.class, "[0]", () -> ones(0).take(at(0)))
                .refuses("indices of floats", DTypeMismatchException.class, "int64", () -> ones(3).take(ones(1)));
        table.add("put", a -> a.has(3, "accumulate")
                        ? a.tensor(0, "input").put(a.tensor(1, "index"), a.tensor(2, "source"), a.flag(3, "accumulate", false))
                        : a.tensor(0, "input").put(a.tensor(1, "index"), a.tensor(2, "source")))
                .covers("put")
                .refuses("too few values", ShapeMismatchException.class, "[1]", () -> ones(3).put(at(0, 1), ones(1)))
                .refuses("values of another type", DTypeMismatchException.class, "float32", () -> ones(3).put(at(0), at(1)));
        table.add("unravel_index", a -> a.tensor(0, "indices").unravelIndex(a.integers(1, "shape")))
                .covers("unravelIndex")
                .noGradient(WHOLE)
                .refuses("positions of floats", DTypeMismatchException.class, "integer", () -> ones(1).unravelIndex(2, 3))
                .refuses("a negative size", InvalidArgumentException.class, "-1", () -> at(0).unravelIndex(2, -1));
    }

    private static void masks(Table table) {
        table.add("masked_select", a -> a.tensor(0, "input").maskedSelect(a.tensor(1, "mask")))
                .covers("maskedSelect")
                .refuses("a mask of numbers", DTypeMismatchException.class, "bool", () -> ones(2).maskedSelect(ones(2)))
                .refuses("a mask that does not fit", ShapeMismatchException.class, "broadcast",
                        () -> ones(2).maskedSelect(ones(3).gt(0)));
        table.add("masked_scatter", a -> a.tensor(0, "input").maskedScatter(a.tensor(1, "mask"), a.tensor(2, "source")))
                .covers("maskedScatter")
                .refuses("too few values", ShapeMismatchException.class, "at least 2",
                        () -> ones(2).maskedScatter(ones(2).gt(0), ones(1)))
                .refuses("a mask of numbers", DTypeMismatchException.class, "bool", () -> ones(2).maskedScatter(ones(2), ones(2)));
        table.add("nonzero", a -> a.flag(1, "as_tuple", false) ? a.tensor(0, "input").nonzeroAsTuple() : a.tensor(0, "input").nonzero())
                .covers("nonzero", "nonzeroAsTuple")
                .noGradient(WHOLE)
                .refuses("a closed tensor", TensorClosedException.class, "closed", Shapes.closed(Tensor::nonzero));
        table.add("argwhere", a -> a.tensor(0, "input").argwhere())
                .covers("argwhere")
                .noGradient(WHOLE)
                .refuses("a closed tensor", TensorClosedException.class, "closed", Shapes.closed(Tensor::argwhere));
        table.add("nn.functional.one_hot", a -> a.integer(1, "num_classes", -1) == -1
                        ? a.tensor(0, "tensor").oneHot()
                        : a.tensor(0, "tensor").oneHot(a.integer(1, "num_classes")))
                .covers("oneHot")
                .noGradient("class numbers are whole, no gradient flows to them")
                .refuses("no classes", InvalidArgumentException.class, "got 0", () -> at(0).oneHot(0))
                .refuses("classes of floats", DTypeMismatchException.class, "int64", () -> ones(1).oneHot(2));
    }

    private static void brackets(Table table) {
        table.add("__getitem__", a -> a.tensor(0, "input").get(indices(a)))
                .covers("get")
                .refuses("too many indices", ShapeMismatchException.class, "at most 1", () -> ones(2).get(0, 0))
                .refuses("a position beyond the end", IndexOutOfRangeException.class, "got 2", () -> ones(2).get(2))
                .refuses("two ellipses", InvalidArgumentException.class, "one ellipsis",
                        () -> ones(2).get(Index.ellipsis(), Index.ellipsis()))
                .refuses("a step of 0", InvalidArgumentException.class, "got 0", () -> ones(2).get(Index.range(0, 1, 0)))
                .refuses("a mask that does not fit", ShapeMismatchException.class, "mask", () -> ones(2).get(Index.mask(ones(3).gt(0))))
                .refuses("positions of floats", DTypeMismatchException.class, "int64", () -> ones(2).get(Index.of(ones(1))));
        table.add("index_put", a -> a.has(3, "accumulate")
                        ? a.tensor(0, "input").indexPut(positions(a), a.tensor(2, "values"), a.flag(3, "accumulate", false))
                        : a.tensor(0, "input").indexPut(positions(a), a.tensor(2, "values")))
                .covers("indexPut", "insert", "set")
                .refuses("values that do not fit", ShapeMismatchException.class, "broadcast",
                        () -> ones(3).indexPut(new Tensor[] {at(0, 1)}, ones(3)))
                .refuses("values of another type", DTypeMismatchException.class, "float32",
                        () -> ones(3).indexPut(new Tensor[] {at(0)}, at(1)))
                .refuses("a part that does not fit", ShapeMismatchException.class, "broadcasts to",
                        () -> ones(2, 3).insert(new Index[] {Index.all(), Index.at(0)}, ones(4, 2)))
                .refuses("a position beyond the end", IndexOutOfRangeException.class, "[set]",
                        () -> ones(2).set(new Index[] {Index.at(-3)}, 1));
    }

    private static Tensor[] positions(Arguments a) {
        List<Tensor> list = new ArrayList<>();
        for (JsonNode node : a.json(1, "indices")) {
            list.add(node.isNull() ? null : a.tensor(node));
        }
        return list.toArray(Tensor[]::new);
    }

    private static Index[] indices(Arguments a) {
        List<Index> list = new ArrayList<>();
        JsonNode nodes = a.json(1, "indices");
        if (nodes == null || !nodes.isArray()) {
            return new Index[] {nodes == null ? Index.newAxis() : index(a, nodes)};
        }
        nodes.forEach(node -> list.add(index(a, node)));
        return list.toArray(Index[]::new);
    }

    private static Index index(Arguments a, JsonNode node) {
        if (node.isNull()) {
            return Index.newAxis();
        }
        if (node.has("tensor")) {
            return Index.of(a.tensor(node));
        }
        if (node.has("ellipsis")) {
            return Index.ellipsis();
        }
        if (node.has("slice")) {
            JsonNode slice = node.get("slice");
            return Index.range(whole(slice.get(0), 0), whole(slice.get(1), Long.MAX_VALUE), whole(slice.get(2), 1));
        }
        if (node.isArray()) {
            return Index.of(array(node));
        }
        return node.isBoolean() ? Index.mask(array(node)) : Index.at(node.asLong());
    }

    private static long whole(JsonNode node, long absent) {
        return node == null || node.isNull() ? absent : node.asLong();
    }

    /** Returns nested lists of positions, or of truths, as a tensor. */
    private static Tensor array(JsonNode node) {
        List<Long> sizes = new ArrayList<>();
        JsonNode inner = node;
        while (inner.isArray()) {
            sizes.add((long) inner.size());
            inner = inner.isEmpty() ? inner.path(0) : inner.get(0);
        }
        List<JsonNode> leaves = new ArrayList<>();
        collect(node, leaves);
        Tensor flat = Tensor.of(leaves.stream().mapToLong(leaf -> leaf.isBoolean() ? leaf.asBoolean() ? 1 : 0 : leaf.asLong()).toArray());
        Tensor shaped = flat.reshape(sizes.stream().mapToLong(Long::longValue).toArray());
        return inner.isBoolean() ? shaped.to(DType.BOOL) : shaped;
    }

    private static void collect(JsonNode node, List<JsonNode> leaves) {
        if (node.isArray()) {
            node.forEach(item -> collect(item, leaves));
        } else {
            leaves.add(node);
        }
    }
}
