// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.vectors.tables;

import dev.ashlar.Tensor;
import dev.ashlar.conformance.internal.vectors.Table;
import dev.ashlar.type.DType;
import dev.ashlar.type.DTypeMismatchException;
import dev.ashlar.type.InvalidArgumentException;
import dev.ashlar.type.ShapeMismatchException;

/** The calls of the group distances. */
public final class Distances {
    private Distances() {}

    public static void addTo(Table table) {
        table.add("cdist", a -> a.tensor(0, "x1").cdist(a.tensor(1, "x2"), a.number(2, "p", 2)))
                .covers("cdist")
                .refuses("vectors of two lengths", ShapeMismatchException.class, "last dimension",
                        () -> Tensor.ones(2, 3).cdist(Tensor.ones(2, 2)))
                .refuses("a negative norm", InvalidArgumentException.class, "p >= 0",
                        () -> Tensor.ones(2, 3).cdist(Tensor.ones(2, 3), -1));
        table.add("nn.functional.pdist", a -> a.tensor(0, "input").pdist(a.number(1, "p", 2)))
                .covers("pdist")
                .refuses("a batch", ShapeMismatchException.class, "rows", () -> Tensor.ones(2, 2, 2).pdist());
        table.add("nn.functional.pairwise_distance",
                        a -> a.tensor(0, "x1").pairwiseDistance(a.tensor(1, "x2"), a.number(2, "p", 2), a.number(3, "eps", 1e-6),
                                a.flag(4, "keepdim", false)))
                .covers("pairwiseDistance")
                .refuses("shapes that do not broadcast", ShapeMismatchException.class, "broadcast",
                        () -> Tensor.ones(2, 3).pairwiseDistance(Tensor.ones(2, 2)));
        table.add("nn.functional.cosine_similarity",
                        a -> a.tensor(0, "x1").cosineSimilarity(a.tensor(1, "x2"), a.dim(2, "dim", 1), a.number(3, "eps", 1e-8)))
                .covers("cosineSimilarity")
                .refuses("a dimension that is not there", InvalidArgumentException.class, "dimension",
                        () -> Tensor.ones(2).cosineSimilarity(Tensor.ones(2)));
        table.add("renorm", a -> a.tensor(0, "input").renorm(a.number(1, "p"), a.dim(2, "dim"), a.number(3, "maxnorm")))
                .covers("renorm")
                .refuses("integers", DTypeMismatchException.class, "floating-point",
                        () -> Tensor.ones(2, 2).to(DType.INT64).renorm(2, 0, 1));
    }
}
