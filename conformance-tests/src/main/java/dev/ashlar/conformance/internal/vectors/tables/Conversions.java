// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.vectors.tables;

import dev.ashlar.Tensor;
import dev.ashlar.conformance.internal.vectors.Arguments;
import dev.ashlar.conformance.internal.vectors.Entry;
import dev.ashlar.conformance.internal.vectors.Table;
import dev.ashlar.type.DType;
import dev.ashlar.type.TensorClosedException;

/** The calls of the group conversions. */
public final class Conversions {
    private Conversions() {}

    public static void addTo(Table table) {
        conversion(table, "float", DType.FLOAT32);
        conversion(table, "double", DType.FLOAT64);
        conversion(table, "half", DType.FLOAT16);
        conversion(table, "bfloat16", DType.BFLOAT16);
        conversion(table, "long", DType.INT64).noGradient("integers have none");
        conversion(table, "int", DType.INT32).noGradient("integers have none");
        conversion(table, "short", DType.INT16).noGradient("integers have none");
        conversion(table, "char", DType.INT8).noGradient("integers have none");
        conversion(table, "byte", DType.UINT8).noGradient("integers have none");
        conversion(table, "bool", DType.BOOL).noGradient("bool has none");
        table.add("to", Conversions::to)
                .covers("to")
                .refuses("a closed tensor", TensorClosedException.class, "closed", () -> closed().to(DType.INT8));
    }

    private static Entry conversion(Table table, String name, DType type) {
        return table.add(name, a -> a.tensor(0, "input").to(type))
                .covers("to")
                .refuses("a closed tensor", TensorClosedException.class, "closed", () -> closed().to(type));
    }

    /** A device, where it is named, is that of the test. */
    private static Tensor to(Arguments a) {
        Tensor x = a.tensor(0, "input");
        for (int position = 1; position < a.count(); position++) {
            if (a.isType(position, "dtype")) {
                return x.to(a.type(position, "dtype"));
            }
            if (a.isTensor(position, "other")) {
                return x.to(a.tensor(position, "other"));
            }
        }
        return a.isType(-1, "dtype") ? x.to(a.type(-1, "dtype")) : a.isTensor(-1, "other") ? x.to(a.tensor(-1, "other")) : x;
    }

    private static Tensor closed() {
        Tensor tensor = Tensor.ones(2).clone();
        tensor.close();
        return tensor;
    }
}
