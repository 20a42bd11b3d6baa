// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.vectors.modules;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ashlar.Tensor;
import dev.ashlar.ValuesAndIndices;
import dev.ashlar.conformance.internal.vectors.Arguments;
import dev.ashlar.nn.AdaptiveAvgPool1d;
import dev.ashlar.nn.AdaptiveAvgPool2d;
import dev.ashlar.nn.AdaptiveAvgPool3d;
import dev.ashlar.nn.AdaptiveMaxPool1d;
import dev.ashlar.nn.AdaptiveMaxPool2d;
import dev.ashlar.nn.AdaptiveMaxPool3d;
import dev.ashlar.nn.AvgPool1d;
import dev.ashlar.nn.AvgPool2d;
import dev.ashlar.nn.AvgPool3d;
import dev.ashlar.nn.FractionalMaxPool2d;
import dev.ashlar.nn.FractionalMaxPool3d;
import dev.ashlar.nn.LPPool1d;
import dev.ashlar.nn.LPPool2d;
import dev.ashlar.nn.LPPool3d;
import dev.ashlar.nn.MaxPool1d;
import dev.ashlar.nn.MaxPool2d;
import dev.ashlar.nn.MaxPool3d;
import dev.ashlar.nn.MaxUnpool1d;
import dev.ashlar.nn.MaxUnpool2d;
import dev.ashlar.nn.MaxUnpool3d;
import dev.ashlar.nn.Module;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Pooling. */
final class PoolingModules {
    private PoolingModules() {}

    private static int[] numbers(Arguments a, int position, String name, int absent) {
        return a.has(position, name) ? a.dims(position, name) : new int[] {absent};
    }

    private static @Nullable Long divisor(Arguments a) {
        return a.has(5, "divisor_override") ? (Long) a.integer(5, "divisor_override") : null;
    }

    /** Reads sizes of which some are null: -1, as the input. */
    private static int[] sizes(Arguments a) {
        JsonNode node = a.json(0, "output_size");
        if (node == null || !node.isArray()) {
            return new int[] {node == null ? -1 : node.asInt()};
        }
        int[] sizes = new int[node.size()];
        Arrays.setAll(sizes, i -> Objects.requireNonNull(node.get(i)).isNull() ? -1 : node.get(i).asInt());
        return sizes;
    }

    private static <M extends Module> void largest(
            ModuleTable table,
            String name,
            Function<Arguments, M> make,
            int position,
            BiFunction<M, Tensor, Tensor> plain,
            BiFunction<M, Tensor, ValuesAndIndices> indexed) {
        table.addMade(name, a -> {
            M module = make.apply(a);
            boolean withIndices = a.flag(position, "return_indices", false);
            return new ModuleEntry.Made<>(module, (made, inputs) -> withIndices
                    ? indexed.apply(made, inputs.tensor(0, "input"))
                    : plain.apply(made, inputs.tensor(0, "input")));
        });
    }

    static void addTo(ModuleTable table) {
        largest(table, "MaxPool1d",
                a -> new MaxPool1d(a.dims(0, "kernel_size"), a.dimsOrNull(1, "stride"), numbers(a, 2, "padding", 0),
                        numbers(a, 3, "dilation", 1), a.flag(5, "ceil_mode", false)),
                4, MaxPool1d::forward, MaxPool1d::forwardWithIndices);
        table.add("MaxUnpool1d",
                a -> new MaxUnpool1d(a.dims(0, "kernel_size"), a.dimsOrNull(1, "stride"), numbers(a, 2, "padding", 0)),
                (module, a) -> module.forward(a.tensor(0, "input"), a.tensor(1, "indices"), a.integersOrNull(2, "output_size")));
        table.add("AvgPool1d", a -> new AvgPool1d(a.dims(0, "kernel_size"), a.dimsOrNull(1, "stride"), numbers(a, 2, "padding", 0),
                a.flag(3, "ceil_mode", false), a.flag(4, "count_include_pad", true)));
        table.add("LPPool1d", a -> new LPPool1d(
                a.number(0, "norm_type"), a.dims(1, "kernel_size"), a.dimsOrNull(2, "stride"), a.flag(3, "ceil_mode", false)));
        table.add("AdaptiveAvgPool1d", a -> new AdaptiveAvgPool1d(sizes(a)));
        largest(table, "AdaptiveMaxPool1d", a -> new AdaptiveMaxPool1d(sizes(a)), 1, AdaptiveMaxPool1d::forward,
                AdaptiveMaxPool1d::forwardWithIndices);
        largest(table, "MaxPool2d",
                a -> new MaxPool2d(a.dims(0, "kernel_size"), a.dimsOrNull(1, "stride"), numbers(a, 2, "padding", 0),
                        numbers(a, 3, "dilation", 1), a.flag(5, "ceil_mode", false)),
                4, MaxPool2d::forward, MaxPool2d::forwardWithIndices);
        table.add("MaxUnpool2d",
                a -> new MaxUnpool2d(a.dims(0, "kernel_size"), a.dimsOrNull(1, "stride"), numbers(a, 2, "padding", 0)),
                (module, a) -> module.forward(a.tensor(0, "input"), a.tensor(1, "indices"), a.integersOrNull(2, "output_size")));
        table.add("AvgPool2d", a -> new AvgPool2d(a.dims(0, "kernel_size"), a.dimsOrNull(1, "stride"), numbers(a, 2, "padding", 0),
                a.flag(3, "ceil_mode", false), a.flag(4, "count_include_pad", true), divisor(a)));
        table.add("LPPool2d", a -> new LPPool2d(
                a.number(0, "norm_type"), a.dims(1, "kernel_size"), a.dimsOrNull(2, "stride"), a.flag(3, "ceil_mode", false)));
        table.add("AdaptiveAvgPool2d", a -> new AdaptiveAvgPool2d(sizes(a)));
        largest(table, "AdaptiveMaxPool2d", a -> new AdaptiveMaxPool2d(sizes(a)), 1, AdaptiveMaxPool2d::forward,
                AdaptiveMaxPool2d::forwardWithIndices);
        largest(table, "MaxPool3d",
                a -> new MaxPool3d(a.dims(0, "kernel_size"), a.dimsOrNull(1, "stride"), numbers(a, 2, "padding", 0),
                        numbers(a, 3, "dilation", 1), a.flag(5, "ceil_mode", false)),
                4, MaxPool3d::forward, MaxPool3d::forwardWithIndices);
        table.add("MaxUnpool3d",
                a -> new MaxUnpool3d(a.dims(0, "kernel_size"), a.dimsOrNull(1, "stride"), numbers(a, 2, "padding", 0)),
                (module, a) -> module.forward(a.tensor(0, "input"), a.tensor(1, "indices"), a.integersOrNull(2, "output_size")));
        table.add("AvgPool3d", a -> new AvgPool3d(a.dims(0, "kernel_size"), a.dimsOrNull(1, "stride"), numbers(a, 2, "padding", 0),
                a.flag(3, "ceil_mode", false), a.flag(4, "count_include_pad", true), divisor(a)));
        table.add("LPPool3d", a -> new LPPool3d(
                a.number(0, "norm_type"), a.dims(1, "kernel_size"), a.dimsOrNull(2, "stride"), a.flag(3, "ceil_mode", false)));
        table.add("AdaptiveAvgPool3d", a -> new AdaptiveAvgPool3d(sizes(a)));
        largest(table, "AdaptiveMaxPool3d", a -> new AdaptiveMaxPool3d(sizes(a)), 1, AdaptiveMaxPool3d::forward,
                AdaptiveMaxPool3d::forwardWithIndices);
        largest(table, "FractionalMaxPool2d",
                a -> new FractionalMaxPool2d(a.dims(0, "kernel_size"), a.dimsOrNull(1, "output_size"),
                        a.has(2, "output_ratio") ? a.numbers(2, "output_ratio") : null, a.tensorOrNull(4, "_random_samples")),
                3, FractionalMaxPool2d::forward, FractionalMaxPool2d::forwardWithIndices);
        largest(table, "FractionalMaxPool3d",
                a -> new FractionalMaxPool3d(a.dims(0, "kernel_size"), a.dimsOrNull(1, "output_size"),
                        a.has(2, "output_ratio") ? a.numbers(2, "output_ratio") : null, a.tensorOrNull(4, "_random_samples")),
                3, FractionalMaxPool3d::forward, FractionalMaxPool3d::forwardWithIndices);
    }
}
