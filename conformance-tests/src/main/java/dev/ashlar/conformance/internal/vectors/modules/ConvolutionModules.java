// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.vectors.modules;

import dev.ashlar.ConvolutionPadding;
import dev.ashlar.PaddingMode;
import dev.ashlar.conformance.internal.vectors.Arguments;
import dev.ashlar.nn.Conv1d;
import dev.ashlar.nn.Conv2d;
import dev.ashlar.nn.Conv3d;
import dev.ashlar.nn.ConvOptions;
import dev.ashlar.nn.ConvTranspose1d;
import dev.ashlar.nn.ConvTranspose2d;
import dev.ashlar.nn.ConvTranspose3d;
import java.util.Locale;

/** Entries of the group {@code convolution}. */
final class ConvolutionModules {
    private ConvolutionModules() {}

    private static int[] numbers(Arguments a, int position, String name, int absent) {
        return a.has(position, name) ? a.dims(position, name) : new int[] {absent};
    }

    private static ConvOptions options(Arguments a) {
        String mode = a.text(8, "padding_mode", "zeros").toUpperCase(Locale.ROOT);
        ConvOptions options = ConvOptions.defaults()
                .stride(numbers(a, 3, "stride", 1))
                .dilation(numbers(a, 5, "dilation", 1))
                .groups(a.dim(6, "groups", 1))
                .bias(a.flag(7, "bias", true))
                .paddingMode(mode.equals("ZEROS") ? PaddingMode.CONSTANT : PaddingMode.valueOf(mode));
        return a.isText(4, "padding")
                ? options.padding(ConvolutionPadding.valueOf(a.text(4, "padding").toUpperCase(Locale.ROOT)))
                : options.padding(numbers(a, 4, "padding", 0));
    }

    private static ConvOptions transposedOptions(Arguments a) {
        return ConvOptions.defaults()
                .stride(numbers(a, 3, "stride", 1))
                .padding(numbers(a, 4, "padding", 0))
                .outputPadding(numbers(a, 5, "output_padding", 0))
                .groups(a.dim(6, "groups", 1))
                .bias(a.flag(7, "bias", true))
                .dilation(numbers(a, 8, "dilation", 1));
    }

    static void addTo(ModuleTable table) {
        table.add("Conv1d", a -> new Conv1d(
                a.integer(0, "in_channels"), a.integer(1, "out_channels"), a.dims(2, "kernel_size"), options(a)));
        table.add("ConvTranspose1d",
                a -> new ConvTranspose1d(a.integer(0, "in_channels"), a.integer(1, "out_channels"), a.dims(2, "kernel_size"),
                        transposedOptions(a)),
                (module, a) -> a.has(1, "output_size")
                        ? module.forward(a.tensor(0, "input"), a.integers(1, "output_size"))
                        : module.forward(a.tensor(0, "input")));
        table.add("Conv2d", a -> new Conv2d(
                a.integer(0, "in_channels"), a.integer(1, "out_channels"), a.dims(2, "kernel_size"), options(a)));
        table.add("ConvTranspose2d",
                a -> new ConvTranspose2d(a.integer(0, "in_channels"), a.integer(1, "out_channels"), a.dims(2, "kernel_size"),
                        transposedOptions(a)),
                (module, a) -> a.has(1, "output_size")
                        ? module.forward(a.tensor(0, "input"), a.integers(1, "output_size"))
                        : module.forward(a.tensor(0, "input")));
        table.add("Conv3d", a -> new Conv3d(
                a.integer(0, "in_channels"), a.integer(1, "out_channels"), a.dims(2, "kernel_size"), options(a)));
        table.add("ConvTranspose3d",
                a -> new ConvTranspose3d(a.integer(0, "in_channels"), a.integer(1, "out_channels"), a.dims(2, "kernel_size"),
                        transposedOptions(a)),
                (module, a) -> a.has(1, "output_size")
                        ? module.forward(a.tensor(0, "input"), a.integers(1, "output_size"))
                        : module.forward(a.tensor(0, "input")));
    }
}
