// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.internal.schedule;

import dev.ashlar.spi.Expr;
import dev.ashlar.spi.Instruction;
import dev.ashlar.spi.Kernel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Renders kernels for {@code explain()} and the debug log. */
final class Describe {
    private static final int LONGEST = 160;

    private Describe() {}

    static String step(Step step) {
        String sizes = Arrays.toString(step.args.sizes());
        return switch (step.code.kernel()) {
            case Kernel.Map map -> "map " + sizes + " " + formulas(map.body()) + " -> " + map.outputs();
            case Kernel.Reduce reduce ->
                reduce.op().name().toLowerCase(Locale.ROOT) + " " + sizes + " over the last " + reduce.reducedAxes() + " of "
                        + formulas(reduce.prologue()) + ", then " + formulas(reduce.epilogue());
            case Kernel.Contract contract ->
                "product " + sizes + " batch " + contract.batchAxes() + " rows " + contract.rowAxes() + " columns "
                        + contract.columnAxes() + " sum " + contract.sumAxes() + ", then " + formulas(contract.epilogue());
            case Kernel.Gather gather -> "gather " + sizes + " along " + gather.axis();
            case Kernel.Scatter scatter -> "scatter " + scatter.op() + " " + sizes + " along " + scatter.axis();
            case Kernel.Group group -> {
                List<String> members = new ArrayList<>();
                step.members.forEach(member -> members.add(step(member)));
                yield "group of " + group.members().size() + ": " + shorten(String.join("; ", members));
            }
            case Kernel.Composite composite -> composite.name() + "@" + composite.version();
        };
    }

    private static String formulas(Expr expr) {
        List<String> texts = new ArrayList<>();
        for (int result : expr.results()) {
            texts.add(shorten(formula(expr, result, 12)));
        }
        return String.join(", ", texts);
    }

    private static String formula(Expr expr, int index, int depth) {
        if (depth == 0) {
            return "...";
        }
        Instruction step = expr.instructions().get(index);
        String name = step.op().name().toLowerCase(Locale.ROOT);
        return switch (step.op()) {
            case INPUT -> "in" + step.immediate();
            case PARAM -> "p" + step.immediate();
            case AXIS_INDEX -> "axis" + step.immediate();
            case RESULT -> "result";
            case CONST -> step.type().isFloatingPoint() ? Double.toString(step.floating()) : Long.toString(step.immediate());
            case CAST -> step.type() + "(" + formula(expr, step.a(), depth - 1) + ")";
            default -> {
                List<String> operands = new ArrayList<>();
                for (int operand : new int[] {step.a(), step.b(), step.c()}) {
                    if (operand >= 0) {
                        operands.add(formula(expr, operand, depth - 1));
                    }
                }
                yield name + "(" + String.join(", ", operands) + ")";
            }
        };
    }

    private static String shorten(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST - 3) + "...";
    }
}
