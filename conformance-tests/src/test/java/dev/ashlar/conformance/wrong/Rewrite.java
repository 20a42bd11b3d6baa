// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.wrong;

import dev.ashlar.spi.Expr;
import dev.ashlar.spi.Instruction;
import dev.ashlar.spi.Kernel;
import dev.ashlar.spi.KernelCode;
import java.util.ArrayList;
import java.util.List;

/** Rewrites the expression of a map, one instruction at a time. */
interface Rewrite {
    /**
     * Adds what an instruction is mistaken for.
     *
     * @param step the instruction, its operands already renumbered
     * @return the index of its value
     */
    int apply(Expr.Builder builder, Instruction step);

    static KernelCode map(KernelCode code, Rewrite rewrite) {
        if (!(code.kernel() instanceof Kernel.Map map)) {
            return code;
        }
        Expr body = expr(map.body(), rewrite);
        return new KernelCode(new Kernel.Map(map.inputs(), map.outputs(), map.params(), body), code.rank(), code.layouts());
    }

    static Expr expr(Expr expr, Rewrite rewrite) {
        Expr.Builder builder = new Expr.Builder();
        List<Integer> renumbered = new ArrayList<>();
        for (Instruction step : expr.instructions()) {
            Instruction moved = new Instruction(step.op(), step.type(), at(renumbered, step.a()), at(renumbered, step.b()),
                    at(renumbered, step.c()), step.immediate());
            renumbered.add(rewrite.apply(builder, moved));
        }
        return builder.build(expr.results().stream().mapToInt(renumbered::get).toArray());
    }

    private static int at(List<Integer> renumbered, int operand) {
        return operand < 0 ? -1 : renumbered.get(operand);
    }
}
