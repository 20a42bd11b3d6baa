// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.bench;

import dev.ashlar.type.InvalidArgumentException;
import java.util.List;

/** All workloads. */
public final class Workloads {
    private Workloads() {}

    /** Returns new ones of all kinds, in the order in which they are printed. */
    public static List<Workload> all() {
        return List.of(
                new MatrixProduct(128),
                new MatrixProduct(512),
                new MatrixProduct(1024),
                new MatrixProduct(2048),
                ElementwiseWorkload.chain16M(),
                ElementwiseWorkload.sum16M(),
                ElementwiseWorkload.softmax(),
                ElementwiseWorkload.layerNorm(),
                ElementwiseWorkload.gelu16M(),
                new TinyMlpStep(),
                new Mlp784Step(),
                new CnnTrain());
    }

    /** Returns the names of all. */
    public static List<String> names() {
        return all().stream().map(Workload::name).toList();
    }

    /**
     * Returns a new one.
     *
     * @throws InvalidArgumentException if there is none of this name; the message lists the names
     */
    public static Workload named(String name) {
        return all().stream().filter(workload -> workload.name().equals(name)).findFirst().orElseThrow(() -> new InvalidArgumentException(
                "[bench] expected one of the workloads " + String.join(", ", names()) + ", got '" + name + "'"));
    }
}
