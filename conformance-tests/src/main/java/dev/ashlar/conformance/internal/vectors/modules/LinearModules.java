// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.vectors.modules;

import dev.ashlar.nn.Bilinear;
import dev.ashlar.nn.CosineSimilarity;
import dev.ashlar.nn.Identity;
import dev.ashlar.nn.Linear;
import dev.ashlar.nn.PairwiseDistance;

/** Entries of the group {@code linear}, and distances. */
final class LinearModules {
    private LinearModules() {}

    static void addTo(ModuleTable table) {
        table.add("Identity", _ -> new Identity());
        table.add("Linear", a -> new Linear(a.integer(0, "in_features"), a.integer(1, "out_features"), a.flag(2, "bias", true)));
        table.add("Bilinear",
                a -> new Bilinear(a.integer(0, "in1_features"), a.integer(1, "in2_features"), a.integer(2, "out_features"),
                        a.flag(3, "bias", true)),
                (module, inputs) -> module.forward(inputs.tensor(0, "input1"), inputs.tensor(1, "input2")));
        table.add("CosineSimilarity", a -> new CosineSimilarity(a.dim(0, "dim", 1), a.number(1, "eps", 1e-8)),
                (module, inputs) -> module.forward(inputs.tensor(0, "x1"), inputs.tensor(1, "x2")));
        table.add("PairwiseDistance",
                a -> new PairwiseDistance(a.number(0, "p", 2), a.number(1, "eps", 1e-6), a.flag(2, "keepdim", false)),
                (module, inputs) -> module.forward(inputs.tensor(0, "x1"), inputs.tensor(1, "x2")));
    }
}
