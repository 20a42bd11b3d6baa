// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.vectors.modules;

import dev.ashlar.Tensor;
import dev.ashlar.conformance.internal.vectors.Arguments;
import dev.ashlar.nn.Module;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** How one recorded module is made and called here. */
record ModuleEntry<M extends Module>(Function<Arguments, Made<M>> make) {
    /** A module of this entry. */
    record Made<M extends Module>(M module, BiFunction<M, Arguments, @Nullable Object> call) {
        /** Calls the module; returns its results in order. */
        List<Tensor> results(Arguments inputs) {
            List<Tensor> results = new ArrayList<>();
            flatten(call.apply(module, inputs), results);
            return results;
        }
    }

    Made<M> made(Arguments arguments) {
        return make.apply(arguments);
    }

    private static void flatten(@Nullable Object result, List<Tensor> into) {
        switch (result) {
            case null -> {}
            case Tensor tensor -> into.add(tensor);
            case Object[] several -> List.of(several).forEach(item -> flatten(item, into));
            case List<?> several -> several.forEach(item -> flatten(item, into));
            case Record several -> {
                for (RecordComponent component : several.getClass().getRecordComponents()) {
                    try {
                        flatten(component.getAccessor().invoke(several), into);
                    } catch (ReflectiveOperationException e) {
                        throw new IllegalArgumentException("[vectors] expected a public record of tensors, got " + several.getClass(), e);
                    }
                }
            }
            default -> throw new IllegalArgumentException("[vectors] expected tensors as results, got " + result.getClass()
                    + "; have the entry translate it");
        }
    }
}
