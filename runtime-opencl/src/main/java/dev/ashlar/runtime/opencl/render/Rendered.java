// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.runtime.opencl.render;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The text of one kernel's functions, not yet part of a program. {@code @} stands for a prefix that makes names unique in a program,
 * {@code #ARGS#} for the parameter that brings the numbers and {@code #OPEN#} for what makes them {@code A}.
 *
 * @param text functions
 * @param layout the numbers that they read
 * @param helpers functions of {@link Helpers} that they call
 * @param pointers largest number of pointers that one function takes
 * @param maxParameterBytes what the device accepts as arguments
 */
public record Rendered(String text, ArgLayout layout, Set<String> helpers, int pointers, long maxParameterBytes) {
    /** Returns the prefix of the kernel at a position of a program. */
    public static String prefix(int position) {
        return "k" + position + "_";
    }

    /** Returns whether the numbers are too many for the arguments of a launch and come in a buffer instead. */
    public boolean indirect(boolean wide) {
        return layout.bytes(wide) + 8L * (pointers + 1) > maxParameterBytes;
    }

    private String body(int position, boolean wide) {
        String args = indirect(wide) ? "global const @Args* restrict AP" : "const @Args A";
        String open = indirect(wide) ? "const @Args A = *AP;" : "";
        return (layout.struct(wide) + text).replace("#ARGS#", args).replace("#OPEN#", open).replace("@", prefix(position));
    }

    /**
     * Returns one program with several kernels.
     *
     * @param wide whether indices need 64 bits
     */
    public static String join(List<Rendered> kernels, boolean wide) {
        Set<String> helpers = new LinkedHashSet<>();
        StringBuilder bodies = new StringBuilder();
        for (int i = 0; i < kernels.size(); i++) {
            helpers.addAll(kernels.get(i).helpers());
            bodies.append(kernels.get(i).body(i, wide)).append('\n');
        }
        String rest = Helpers.text(helpers) + bodies;
        StringBuilder out = new StringBuilder();
        if (rest.contains("double")) {
            out.append("#pragma OPENCL EXTENSION cl_khr_fp64 : enable\n");
        }
        out.append("#pragma OPENCL FP_CONTRACT OFF\n");
        if (wide) {
            out.append("typedef long I;\n#define ASH_DIV(q, n, m, h) ((q) / (n))\n");
        } else {
            out.append("typedef int I;\n#define ASH_DIV(q, n, m, h) ((I)((mul_hi((uint)(q), (m)) + (uint)(q)) >> (h)))\n");
        }
        return out.append(rest).toString();
    }
}
