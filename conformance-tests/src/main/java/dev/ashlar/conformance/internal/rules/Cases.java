// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.rules;

import dev.ashlar.Tensor;
import dev.ashlar.conformance.internal.ops.Input;
import dev.ashlar.conformance.internal.ops.Operation;
import dev.ashlar.conformance.internal.ops.Values;
import dev.ashlar.conformance.internal.suite.TensorDevice;
import dev.ashlar.spi.Capabilities;
import dev.ashlar.type.DType;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;

/** What the rules about operations share. */
final class Cases {
    private Cases() {}

    static Values[] draw(List<Input> operands, DType type, Random random) {
        return operands.stream().map(input -> input.draw(type, random)).toArray(Values[]::new);
    }

    static Tensor[] upload(TensorDevice device, List<Input> operands, Values[] values, DType type) {
        Tensor[] tensors = new Tensor[values.length];
        Arrays.setAll(tensors, i -> device.upload(values[i], operands.get(i).type(type)));
        return tensors;
    }

    static String say(Values... values) {
        return Arrays.toString(values);
    }

    /** Returns whether an operation's arithmetic in a type is claimed; CORE's types have to be. */
    static Predicate<Capabilities> claimed(Operation operation, DType type) {
        return capabilities -> type != DType.FLOAT64
                || capabilities.arithmetic().contains(type) && (!operation.products() || capabilities.contract().contains(type));
    }
}
