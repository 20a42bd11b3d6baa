// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.vectors;

import dev.ashlar.conformance.internal.vectors.tables.Activations;
import dev.ashlar.conformance.internal.vectors.tables.Conversions;
import dev.ashlar.conformance.internal.vectors.tables.Convolutions;
import dev.ashlar.conformance.internal.vectors.tables.Creation;
import dev.ashlar.conformance.internal.vectors.tables.Distances;
import dev.ashlar.conformance.internal.vectors.tables.ElementwiseBinary;
import dev.ashlar.conformance.internal.vectors.tables.ElementwiseOther;
import dev.ashlar.conformance.internal.vectors.tables.ElementwiseUnary;
import dev.ashlar.conformance.internal.vectors.tables.Images;
import dev.ashlar.conformance.internal.vectors.tables.Indexing;
import dev.ashlar.conformance.internal.vectors.tables.Layers;
import dev.ashlar.conformance.internal.vectors.tables.LinearAlgebra;
import dev.ashlar.conformance.internal.vectors.tables.Losses;
import dev.ashlar.conformance.internal.vectors.tables.Normalization;
import dev.ashlar.conformance.internal.vectors.tables.Pooling;
import dev.ashlar.conformance.internal.vectors.tables.Random;
import dev.ashlar.conformance.internal.vectors.tables.Reductions;
import dev.ashlar.conformance.internal.vectors.tables.Scans;
import dev.ashlar.conformance.internal.vectors.tables.Shapes;
import dev.ashlar.conformance.internal.vectors.tables.Sorting;

/** All calls that are known. */
public final class Tables {
    private Tables() {}

    /** Returns a new table of all groups. */
    public static Table all() {
        Table table = new Table();
        Activations.addTo(table);
        Conversions.addTo(table);
        Convolutions.addTo(table);
        Creation.addTo(table);
        Distances.addTo(table);
        ElementwiseBinary.addTo(table);
        ElementwiseOther.addTo(table);
        ElementwiseUnary.addTo(table);
        Images.addTo(table);
        Indexing.addTo(table);
        Layers.addTo(table);
        LinearAlgebra.addTo(table);
        Losses.addTo(table);
        Normalization.addTo(table);
        Pooling.addTo(table);
        Random.addTo(table);
        Reductions.addTo(table);
        Scans.addTo(table);
        Shapes.addTo(table);
        Sorting.addTo(table);
        return table;
    }
}
